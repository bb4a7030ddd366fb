"""Facts formed, written, read back and compared with what they were; what they say about each other."""
