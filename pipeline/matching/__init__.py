"""Rules and names looked for only where they may stand: what is read off a pattern for that, and one pass for many."""
