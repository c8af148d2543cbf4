"""Kernel: what every feature stands on, and nothing a feature would recognise as its own.

Settings, database, clock, ids, errors, events, outbox, storage, signing, words. Knows no HTTP and no feature.
"""
