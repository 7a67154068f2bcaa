"""The first steps of a connection: what is asked, how each answer is tried, and the files that come of it."""
