"""Facts formed as the daily work does, asked for at a moment, by a name or by an id; what waits for a person."""
