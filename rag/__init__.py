"""From a question to an answer whose every sentence is vouched for, or to an abstention."""
