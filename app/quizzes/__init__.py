"""Quizzes: attempts at the questions of a course, graded and kept as they were asked.

Knows people, courses and enrollments; reports what was reached to the ledger of learning.
"""
