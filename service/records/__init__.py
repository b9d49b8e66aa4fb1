"""Answers, conversations, reviews and jobs, kept."""
