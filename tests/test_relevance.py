"""Whether an article is about AI video, where nobody calls it so: passages of the field and of others.

The weights are fitted on the first file (`make relevance`); the second is the measure, by another pen, never fitted on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from db.model import Article, Language
from pipeline.fold import fold_text
from pipeline.names.find_names import find_names
from pipeline.read_claims import read_claims
from pipeline.relevance import judge_relevance
from tests.fit_relevance import BUSINESS, read_articles, read_passages
from tests.learning import named_texts


def is_ours(language: Language, title: str, text: str) -> bool:
    title, text = fold_text(title), fold_text(text)
    return judge_relevance(title, text, language, find_names(title, text, language))[0] != "none"


def told_apart(passages: Iterable[tuple[Language, bool, str, str]], of: Language) -> Counter[tuple[bool, bool]]:
    """How many passages of a language are (of the field, judged so)."""
    return Counter((ours, is_ours(language, title, text)) for language, ours, title, text in passages if language == of)


@pytest.mark.parametrize(("language", "ours", "others", "let_in"), [("en", 103, 132, 14), ("zh", 98, 122, 3)])
def test_what_a_company_does_to_pictures_tells_its_field(
    language: Language, ours: int, others: int, let_in: int
) -> None:
    told = told_apart(read_passages("relevance_passages.txt"), language)

    assert told[True, True] == ours and told[True, False] == 0
    assert told[False, True] <= let_in and told[False, True] + told[False, False] == others


@pytest.mark.parametrize(
    ("language", "ours", "others", "found", "let_in"), [("en", 78, 27, 76, 3), ("zh", 37, 28, 36, 6)]
)
def test_near_misses_are_told_apart(language: Language, ours: int, others: int, found: int, let_in: int) -> None:
    """Other AI, film and television without it, and a company of the field named once in somebody else's story.

    Every fourth of the texts, which the weights are fitted on; of all, 228 of 236 and 141 of 146 are found, 33 of 184
    and 19 of 114 let in.
    """
    texts = [(language, *each) for each in read_articles(named_texts(language))[::4]]

    told = told_apart(texts, language)

    assert told[True, True] >= found and told[True, True] + told[True, False] == ours
    assert told[False, True] <= let_in and told[False, True] + told[False, False] == others


@pytest.mark.parametrize(("language", "found", "let_in"), [("en", 66, 3), ("zh", 69, 2)])
def test_the_weights_hold_for_words_of_another_pen(language: Language, found: int, let_in: int) -> None:
    """75 of the field and 75 of others each; without a word of business, as written, 60 and 67 are found."""
    told = told_apart(read_passages("relevance_held_back.txt", BUSINESS), language)

    assert told[True, True] >= found and told[True, True] + told[True, False] == 75
    assert told[False, True] <= let_in and told[False, True] + told[False, False] == 75


def test_reasons_name_the_words_that_weighed_most() -> None:
    text = "Lipwright makes an executive appear in eleven languages, lip-synced by AI. It has raised $9 million."

    reading = read_claims(Article("a", "Fluent in everything", text, "en", None))

    assert reading.relevance == "core"
    assert reading.reasons[0] == "word: lip-synced"
