"""The pages: templates, one small script, one style sheet."""
