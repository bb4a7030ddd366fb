"""One fact or one deal as reports tell it: its line, its evidence, its rule, what it was called, and how it ended."""
