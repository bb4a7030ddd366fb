"""Learns from labelled articles what Chinese sums are: writes `pipeline/learned/chinese_sums.tsv`.

A sum of a sentence that is the evidence of a fact with this sum has the fact's type, or its metric, as its role; all
others are nothing. Learned from are tests/*articles_zh.jsonl and, where it is, the development set of ../shared;
`--without NAME` leaves out files whose name begins so, to measure what the rest teaches about them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from dailies.intake.article_lines import article_of
from pipeline.chinese.walk import read_page
from pipeline.fold import fold_text
from pipeline.folded_article import fold_article
from pipeline.learned.chinese_sums import NOTHING, TABLE, features_of
from pipeline.learned.weights import Features
from pipeline.names.company_name import owners_of
from pipeline.names.find_names import find_names
from pipeline.values.found import FoundMoney
from tests.learning import LEARNED, labelled, table_of

WRITTEN = LEARNED / f"{TABLE}.tsv"
STRENGTH = 3.0
"""The inverse of the regularisation."""
LEAST = 0.05
"""A weight below this is left out of the table."""
NEAR = 0.01
"""By how much a labelled amount may differ from a sum."""


class Example(NamedTuple):
    """What is weighed of a sum, and what it is."""

    features: Features
    role: str


def examples(rows: Iterable[Mapping[str, Any]]) -> Iterator[Example]:
    """The sums of articles."""
    for row in rows:
        article = article_of(row)
        title, text = fold_article(article)
        names = find_names(title, text, article.language)
        facts = [(fold_text(fact["evidence"]), fact) for fact in row["facts"]]
        for sentence in read_page(article, title, text, names, owners_of(names)).sentences:
            told = [fact for evidence, fact in facts if evidence in sentence.text or sentence.text in evidence]
            for sum_ in sentence.money:
                if not sum_.restates:
                    yield Example(features_of(sentence.words, sum_), role_of(sum_, told))


def role_of(sum_: FoundMoney, told: Iterable[Mapping[str, Any]]) -> str:
    """The type, or the metric, of the fact that has this sum."""
    for fact in told:
        amount = fact.get("value" if fact["type"] == "metric" else "amount")
        if amount is None or fact.get("currency") is None or fact["currency"] != sum_.money.currency:
            continue
        if abs(amount - float(sum_.money.amount)) <= NEAR * abs(amount):
            return str(fact["metric"] if fact["type"] == "metric" else fact["type"])
    return NOTHING


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", action="append", default=[], help="leave out files whose name begins so")
    ours = (row for row in labelled("zh", parser.parse_args().without) if row.get("relevant", True))
    rows = list(examples(ours))
    lines = table_of(rows, strength=STRENGTH, least=LEAST)
    WRITTEN.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stderr.write(f"{WRITTEN.name}: {len(rows)} sums, {len(lines) - 2} features\n")


if __name__ == "__main__":
    main()
