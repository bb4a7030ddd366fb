"""Weights learned from labelled articles, asked only where no rule knows the words."""
