"""The bytes of a page -> the text of its article, and what the page says about it."""
