"""Claims from Chinese text (folded to simplified): clauses with subject, date and standing, and small readers."""
