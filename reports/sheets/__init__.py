"""What all facts add up to for one company or one investor: lines, sheets, the tables of them, and the sums."""
