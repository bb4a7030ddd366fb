"""How values, facts and notes are said to people, in English and in Chinese; the words are in the files beside."""
