"""Regular expressions that are tried only where they may match, and what is read off them for that."""
