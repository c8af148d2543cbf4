"""The public interface for programs, version 1: courses, one course with its outline, the check of a certificate. Reads only."""
