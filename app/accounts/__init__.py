"""Accounts: people, how they sign in, what they may do, and what they prefer.

Knows the kernel and the web. Does not know courses or learning.
"""
