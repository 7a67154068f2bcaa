"""What stands between a connection and its first run.

Each check is a function of what was read; each finding has a code and says how to mend it.
"""
