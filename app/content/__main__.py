"""`python -m app.content` is `tequio content`."""

from app.content.shell import shell

shell()
