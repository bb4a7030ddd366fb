"""What happened, in order: by threads or months, what is missing from it, and the charts beside it."""
