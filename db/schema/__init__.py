"""The tables, what their columns mean, and the data dictionary made from both."""
