"""Scores the reader against labelled articles: the yardstick behind `dailies eval` and docs/accuracy.md."""
