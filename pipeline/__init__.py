"""Bytes -> article text -> claims -> facts: values in, values out; no database session, no socket."""
