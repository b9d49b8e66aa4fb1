"""Adapters: sets that others made, in our nouns. Each names its source and its licence."""
