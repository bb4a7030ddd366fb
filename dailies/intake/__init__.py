"""What a person gives by hand: documents, saved pages, tables, files of articles, and a folder they are dropped in."""
