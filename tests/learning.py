"""What every `make weights` shares: the labelled articles, and the table of a logistic regression."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from db.model import Language
from pipeline.learned.weights import Features

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared" / "eval"
LEARNED = HERE.parent / "pipeline" / "learned"
NAME_KINDS = ("company", "investor", "product", "person", "other")
FEWEST = 2
"""Examples in which a feature stands, to be learned."""


def labelled(language: Language, without: Sequence[str] = ()) -> Iterator[dict[str, Any]]:
    """The labelled articles of a language at hand, each once, but for files whose name begins as told."""
    told: set[str] = set()
    for path in (*sorted(HERE.glob(f"*articles_{language}.jsonl")), SHARED / f"dev_{language}.jsonl"):
        if not path.exists() or path.name.startswith(tuple(without)):
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["text"] not in told:
                told.add(row["text"])
                yield row


def named_texts(language: Language) -> Path:
    """The file of texts whose names are labelled, and whether they are of the field."""
    return HERE / f"named_texts_{language}.jsonl"


def named(language: Language, without: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The texts whose names are labelled, but for those whose id begins as told."""
    lines = named_texts(language).read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if not row["id"].startswith(tuple(without))]


def table_of(examples: Sequence[tuple[Features, str]], *, strength: float, least: float) -> list[str]:
    """The lines of a table learned from (features, answer) of each example.

    `strength` is the inverse of the regularisation; a weight below `least` is left out.
    """
    often = Counter(feature for features, _ in examples for feature in features)
    kept = [{name: value for name, value in features.items() if often[name] >= FEWEST} for features, _ in examples]
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=strength, max_iter=1000)
    model.fit(vectorizer.fit_transform(kept), [answer for _, answer in examples])
    first = len(model.classes_) - len(model.coef_)  # of two answers the first has no weights
    biases = [0.0] * first + list(model.intercept_)
    lines = ["\t".join(model.classes_), "\t".join(f"{each:.3f}" for each in biases)]
    for column, feature in enumerate(vectorizer.get_feature_names_out()):
        weights = enumerate(model.coef_[:, column], first)
        told = [f"{answer}:{weight:.2f}" for answer, weight in weights if abs(weight) >= least]
        if told:
            lines.append("\t".join([feature, *told]))
    return lines
