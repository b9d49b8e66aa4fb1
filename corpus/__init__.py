"""Documents as they come in: readers, passages, study design, and the starter library."""
