"""What a crawl leaves: the archive, the queue, what is remembered of servers, and the log of runs."""
