"""Learning: who takes which course, how far they are, and the one ledger of results.

Knows people (accounts) and courses (catalog). Does not know quizzes, exercises or certificates: they report results
here, and listen for CourseCompleted.
"""
