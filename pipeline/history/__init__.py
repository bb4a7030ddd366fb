"""Curated tables of rounds and events, bundled or given by hand: rows in, claims out, each with its row as evidence."""
