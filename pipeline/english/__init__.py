"""Claims from English text: sentences cut into statements with their subjects, then one small reader per type."""
