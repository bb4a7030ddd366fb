"""Headlines with Every Word Capitalised, as sentences: what is no name in small letters, each at its place.

American sites and wires write titles so; rules that tell names by their capitals would take every word for one.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.english.verb_forms import forms_of, words
from pipeline.lexicon_files import lexicon
from pipeline.names.spellings import spelled_at

_WORD = re.compile(r"(?<![\w’'.])[A-Z][a-z]+(?:-[A-Za-z]+)*(?![\w])")
_ANY_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]{3,}")
_MOST_SMALL = 0.25
"""A headline in title case has hardly a word of four letters that begins small."""
_FEWEST_WORDS = 3


def sentence_case(title: str, text: str) -> str:
    """A folded English title with its common words in small letters, if it is written in title case; as long as before.

    A word is common if our tables of verbs and headline words have it, or the text writes it small. Names that we know,
    the first word, and what stands before or behind an unknown name as part of it ("GFT Ventures") keep their capitals.
    """
    if not _is_title_case(title):
        return title
    kept = spelled_at(title)
    letters = list(title)
    for match in _WORD.finditer(title):
        word = match[0].lower()
        if match.start() == 0 or any(start < match.end() and match.start() < end for start, end in kept):
            continue
        common = word in _common() or re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None
        if common and not _ends_a_name(title, match, word):
            letters[match.start() : match.end()] = word
    return "".join(letters)


def _is_title_case(title: str) -> bool:
    long = _ANY_WORD.findall(title)
    return len(long) >= _FEWEST_WORDS and sum(word[0].islower() for word in long) <= _MOST_SMALL * len(long)


def _ends_a_name(title: str, match: re.Match[str], word: str) -> bool:
    """Whether a word such as "Ventures" stands behind a name nobody knows: "GFT Ventures"."""
    if word not in _endings():
        return False
    before = title[: match.start()].rstrip().rsplit(" ", 1)[-1]
    return before[:1].isupper() and before != "AI" and before.lower() not in _common()


@cache
def _endings() -> frozenset[str]:
    return frozenset(lexicon("pipeline.lexicon", "headline_words")["ends_a_name"])


@cache
def _common() -> frozenset[str]:
    table = lexicon("pipeline.lexicon", "headline_words")
    verbs = {
        form
        for lemma in lexicon("pipeline.lexicon", "english_verbs")["lemmas"]
        if " " not in lemma
        for form in forms_of(lemma)
    }
    lists = (
        "auxiliaries",
        "adverbs",
        "prepositions",
        "subordinators",
        "relatives",
        "conjunctions",
        "determiners",
        "pronouns",
        "nouns",
        "company_nouns",
        "told_nouns",
    )
    listed = {word for kind in lists for word in words(kind)}
    return frozenset(verbs | listed | set(table["common"])) - frozenset(table["kept"])
