"""The pages of the site that are no report of their own: its tables, its first page, its links and its feeds."""
