"""Tequio: a learning management system for technical training workshops."""
