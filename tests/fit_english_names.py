"""Learns which capitalised names of an English text are companies': writes `english_words.txt`, `english_names.tsv`.

Learned from is tests/named_texts_en.jsonl, where every name is labelled as a company's, an investor's, a product's, a
person's or another's; the common words come from the labelled articles too. `--without NAME` leaves out the texts
whose id begins so, to measure what the rest teaches about them.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dailies.intake.article_lines import article_of
from pipeline.fold import fold_text
from pipeline.folded_article import fold_article
from pipeline.learned.english_candidates import candidates, common_words, words_written_small
from pipeline.learned.english_name_features import of_candidates
from pipeline.learned.english_names import TABLE
from pipeline.learned.weights import Features
from tests.learning import LEARNED, NAME_KINDS, labelled, named, table_of

OFTEN = 2
"""Texts in which a word is written small, to be a common one."""
STRENGTH = 1.0
"""The inverse of the regularisation."""
LEAST = 0.05
"""A weight below this is left out of the table."""
PART = "part"
"""More or less than a name."""


def kind_of(name: str, names: Mapping[str, Iterable[str]]) -> str:
    """Whose a name is, by the labels of its text."""
    written = {kind: {fold_text(each) for each in names.get(kind, ())} for kind in NAME_KINDS}
    whole = next((kind for kind in NAME_KINDS if name in written[kind]), None)
    if whole is not None:
        return whole
    return PART if any(name in each or each in name for kind in NAME_KINDS for each in written[kind]) else "other"


def examples(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Features, str]]:
    """(features, kind) of every candidate."""
    for row in rows:
        title, text = fold_article(article_of(row))
        whole = f"{title}\n\n{text}"
        found = candidates(whole)
        for name, features in of_candidates(whole, len(title), found, found).items():
            yield features, kind_of(name, row["names"])


def main() -> None:
    """Learn and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", nargs="*", default=[], metavar="ID", help="leave out texts whose id begins so")
    rows = named("en", parser.parse_args().without)
    often = Counter(word for row in (*rows, *labelled("en")) for word in words_written_small(row["text"]))
    words = sorted(word for word, times in often.items() if times >= OFTEN)
    (LEARNED / "english_words.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    common_words.cache_clear()
    told = list(examples(rows))
    table = table_of(told, strength=STRENGTH, least=LEAST)
    (LEARNED / f"{TABLE}.tsv").write_text("\n".join(table) + "\n", encoding="utf-8")
    sys.stderr.write(
        f"{TABLE}: {len(told)} names of {len(rows)} texts, {len(table) - 2} features; {len(words)} words\n"
    )


if __name__ == "__main__":
    main()
