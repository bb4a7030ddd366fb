"""The readers of claims, one small file per kind of statement."""
