"""Readers at work: processes that turn captures into claims, a language model beside them, and what they found."""
