"""Whom a document names: companies, products and investors, known or new."""
