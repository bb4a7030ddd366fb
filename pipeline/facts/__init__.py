"""Claims -> facts: which claims are about one thing, and which of their values is shown."""
