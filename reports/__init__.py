"""Facts -> tables, timelines, briefs."""
