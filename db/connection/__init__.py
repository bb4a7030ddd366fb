"""Opening a database, one run at a time; what its own errors mean; many rows written and read at once."""
