"""Bytes to entries: pure functions, one for each kind of source, that open nothing and fetch nothing."""
