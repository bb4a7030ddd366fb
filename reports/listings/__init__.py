"""What is listed, one file a kind: which columns it has, and what stands in them."""
