"""What is told of a week or a day, to whom, and how it gets there: briefs and their issues, notices, alerts."""
