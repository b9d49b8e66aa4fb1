"""Runs against gold answers."""
