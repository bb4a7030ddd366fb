"""What a person can type, one file per kind of command: only signatures; each imports what it needs when called."""
