"""What registers hold: filings and records with named fields, read by their fields and not as prose."""
