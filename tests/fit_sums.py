"""Learns from labelled articles what Chinese sums are: writes `pipeline/learned/chinese_sums.tsv`.

A sum of a sentence that is the evidence of a fact with this sum has the fact's type, or its metric, as its role; all
others are nothing. Learned from are tests/*articles_zh.jsonl and, where it is, the development set of ../shared;
`--without NAME` leaves out files whose name begins so, to measure what the rest teaches about them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from dailies.article_lines import article_of
from pipeline.chinese.walk import read_page
from pipeline.document import fold_article, names_of, owners_of
from pipeline.fold import fold_text
from pipeline.learned.sums import NOTHING, TABLE, features_of
from pipeline.learned.weights import Features
from pipeline.values.found import FoundMoney

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared" / "eval"
WRITTEN = HERE.parent / "pipeline" / "learned" / f"{TABLE}.tsv"
STRENGTH = 3.0
"""The inverse of the regularisation."""
FEWEST = 2
"""Sums at which a feature stands, to be learned."""
LEAST = 0.05
"""A weight below this is left out of the table."""
NEAR = 0.01
"""By how much a labelled amount may differ from a sum."""


class Example(NamedTuple):
    """What is weighed of a sum, and what it is."""

    features: Features
    role: str


def labelled(without: Sequence[str] = ()) -> Iterator[dict[str, Any]]:
    """The labelled Chinese articles of the field, each once."""
    told: set[str] = set()
    for path in (*sorted(HERE.glob("*articles_zh.jsonl")), SHARED / "dev_zh.jsonl"):
        if not path.exists() or path.name.startswith(tuple(without)):
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row.get("relevant", True) and row["text"] not in told:
                told.add(row["text"])
                yield row


def examples(rows: Iterable[Mapping[str, Any]]) -> Iterator[Example]:
    """The sums of articles."""
    for row in rows:
        article = article_of(row)
        title, text = fold_article(article)
        names = names_of(article, title, text)
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


def table_of(rows: Sequence[Example]) -> list[str]:
    """The lines of a table: a regularised multinomial logistic regression over the features that stand at several."""
    often = Counter(feature for row in rows for feature in row.features)
    kept = [{name: value for name, value in row.features.items() if often[name] >= FEWEST} for row in rows]
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    model.fit(vectorizer.fit_transform(kept), [row.role for row in rows])
    lines = ["\t".join(model.classes_), "\t".join(f"{each:.3f}" for each in model.intercept_)]
    for column, feature in enumerate(vectorizer.get_feature_names_out()):
        told = [
            f"{answer}:{weight:.2f}" for answer, weight in enumerate(model.coef_[:, column]) if abs(weight) >= LEAST
        ]
        if told:
            lines.append("\t".join([feature, *told]))
    return lines


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", action="append", default=[], help="leave out files whose name begins so")
    rows = list(examples(labelled(parser.parse_args().without)))
    lines = table_of(rows)
    WRITTEN.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stderr.write(f"{WRITTEN.name}: {len(rows)} sums, {len(lines) - 2} features\n")


if __name__ == "__main__":
    main()
