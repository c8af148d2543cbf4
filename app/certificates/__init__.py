"""Certificates: issued once on completion, checked by anyone, revoked and reissued by coordinators.

Listens for CourseCompleted. A certificate is a canonical JSON record with a key id, and the PDF as it was issued; both outlive the
course, the edition and, by the holder's choice, the account.
"""
