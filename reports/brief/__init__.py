"""The weekly brief, and what else is told of a week or a day: chosen, counted, worded, and made a letter or a card."""
