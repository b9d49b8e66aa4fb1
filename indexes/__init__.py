"""Search structures: the library, which is the truth, and the caches over it."""
