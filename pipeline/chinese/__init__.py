"""Claims from Chinese text, simplified or traditional (folded): clauses with their subject, date and standing, then one small reader per type."""
