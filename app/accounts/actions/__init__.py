"""What people and staff do to accounts, a file per theme."""
