"""Catalog: editions of courses, publishing, browsing and search.

Knows content (the trees) and accounts (who asks). Learning, quizzes and exercises find their course here.
"""
