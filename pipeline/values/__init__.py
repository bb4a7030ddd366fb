"""What stands in a sentence of either language: sums, dates, counts, percentages, names of rounds."""
