"""Claims in the vocabulary of labelled articles, held against these: behind `dailies eval` and docs/accuracy.md."""
