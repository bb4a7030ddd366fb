"""What every table has in common: columns and cells, and the formats it is written in, whatever it lists."""
