"""The doorway: what a person or a clock calls."""
