"""Learns which strings of a Chinese text are companies: writes `chinese_words.tsv` and `chinese_names.tsv`.

Every candidate of a labelled article is an example: a company where a fact is about it, or where we know it as one.
Learned from are tests/*articles_zh.jsonl and the development set of ../shared where it is;
`--without NAME` leaves out files whose name begins so, to measure what the rest teaches about them.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from dailies.intake.article_lines import article_of
from pipeline.chinese.patterns import HAN
from pipeline.fold import fold_text
from pipeline.folded_article import fold_article
from pipeline.learned.chinese_candidates import candidates
from pipeline.learned.chinese_name_features import Weighed
from pipeline.learned.chinese_names import COMPANY, is_form
from pipeline.learned.weights import Features
from pipeline.names.find_names import find_names
from tests.learning import LEARNED, labelled, table_of

LONGEST_WORD = 5
FEWEST_TEXTS = 2
"""Texts in which a word stands, to be one."""
LONG_WORD = 4
FEWEST_TEXTS_LONG = 4
"""Likewise for words of so many characters or more."""
STRENGTH = 0.3
"""The inverse of the regularisation."""
LEAST = 0.02
"""A weight below this is left out of the table."""
OTHER = "other"


class Text(NamedTuple):
    """A labelled article, folded, with the companies its facts are about and those we know."""

    whole: str
    title_end: int
    told: frozenset[str]
    known: frozenset[str]
    strings: frozenset[str]
    relevant: bool


def text_of(row: Mapping[str, Any]) -> Text:
    """A labelled article as it is learned from."""
    title, text = fold_article(article_of(row))
    whole = f"{title}\n\n{text}"
    told = set()
    for fact in row["facts"]:
        names = (fact.get("company"), *(fact.get("company_names") or ()), fact.get("acquirer"), fact.get("partner"))
        told |= {fold_text(name) for name in names if name}
    found = find_names(title, text, "zh")
    known = set()
    for source, mentions in ((title, found.in_title), (text, found.in_text)):
        for each in mentions:
            if each.known and each.kind == "company":
                known |= {each.name, source[each.start : each.end]}
    blanked = whole
    for name in sorted({*told, *known}, key=lambda name: (-len(name), name)):
        blanked = blanked.replace(name, "\n")
    relevant = bool(row.get("relevant", True))
    return Text(whole, len(title), frozenset(told), frozenset(known), frozenset(_strings(blanked)), relevant)


def _strings(whole: str) -> Iterator[str]:
    for run in re.findall(rf"[{HAN}]+", whole):
        for length in range(2, LONGEST_WORD + 1):
            yield from (run[at : at + length] for at in range(len(run) - length + 1))


class Others(dict[str, int]):
    """In how many of the other texts a string stands: as the table says for a text it was not made from."""

    def __init__(self, often: Mapping[str, int], own: Collection[str]) -> None:
        super().__init__()
        self.often, self.own = often, own

    def get(self, string: str, default: int = 0) -> int:  # type: ignore[override]
        """The number, `default` where it is too small for the table."""
        number = self.often.get(string, 0) - (string in self.own)
        return number if number >= _fewest(string) else default

    def __contains__(self, string: object) -> bool:
        return self.get(str(string)) > 0


def is_company(name: str, text: Text) -> bool:
    """Whether a candidate is a company a fact is about, or its short form."""
    if name in text.told or name in text.known:
        return True
    return any(len(each) > len(name) and is_form(name, each) for each in text.told)


def examples(texts: Iterable[Text], often: Mapping[str, int]) -> Iterator[tuple[Features, str]]:
    """(features, answer) of every candidate."""
    for text in texts:
        if not text.relevant:
            continue
        common = Others(often, text.strings)
        found = candidates(text.whole, common)
        weighed = Weighed(text.whole, text.title_end, found, common)
        for name in found:
            yield weighed.features(name), COMPANY if is_company(name, text) else OTHER


def words(texts: Iterable[Text]) -> Counter[str]:
    """In how many texts each string stands."""
    return Counter(string for text in texts for string in text.strings)


def write(texts: Sequence[Text], folder: Path = LEARNED) -> None:
    """Learn from the texts and write both tables."""
    often = words(texts)
    kept_words = sorted((string, number) for string, number in often.items() if number >= _fewest(string))
    lines = [f"{string}\t{number}" for string, number in kept_words]
    (folder / "chinese_words.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = list(examples(texts, often))
    table = table_of(rows, strength=STRENGTH, least=LEAST)
    (folder / "chinese_names.tsv").write_text("\n".join(table) + "\n", encoding="utf-8")
    sys.stderr.write(f"chinese_names: {len(rows)} examples, {len(table) - 2} features; {len(lines)} words\n")


def _fewest(string: str) -> int:
    return FEWEST_TEXTS if len(string) < LONG_WORD else FEWEST_TEXTS_LONG


def main() -> None:
    """Learn from the labelled articles and write both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", nargs="*", default=[], metavar="NAME", help="leave out files that begin so")
    asked = parser.parse_args()
    write([text_of(row) for row in labelled("zh", asked.without)])


if __name__ == "__main__":
    main()
