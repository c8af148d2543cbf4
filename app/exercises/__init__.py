"""Exercises: work handed in field by field, read by a mentor, accepted or asked for again.

Knows people, courses and enrollments; reports accepted work to the ledger of learning.
"""
