"""Whether a mapping can be trusted, and what it would make of one call."""
