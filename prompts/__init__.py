"""Versioned prompts: Markdown files with $variables; a used version is never edited."""
