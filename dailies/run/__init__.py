"""One daily run from its beginning to its summary, the children it starts, and how it is stopped."""
