"""The crawl and what it is asked for: a child process, its store, the sources, single pages and trials."""
