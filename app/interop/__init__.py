"""Interop: what other systems read and write. One folder per format; knows every feature, and nothing depends on it."""
