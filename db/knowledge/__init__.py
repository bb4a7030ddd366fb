"""The curated companies, investors, products and history: text files, their checks, and their way into a database."""
