"""Derives the weights of `pipeline/lexicon/relevance.yml` from labelled texts, and measures them on others.

Fitted on are tests/relevance_passages.txt (as written, and with a sentence of business), tests/*articles*.jsonl,
tests/named_texts_*.jsonl (nearly half of which only look like texts of the field), the sentences of the readers'
examples that tell a fact and, where it is, ../shared (its articles, and the pages of its corpus, none of which is about
the field); never on tests/relevance_held_back.txt, the measure. What is fitted is a logistic regression with the counts
of `pipeline/topic.py`: evidence may weigh nothing or for the field, other trades nothing or against it. Prints the table's weights, how many texts the present and the fitted ones miss and
let in, and beside them one weight for all evidence, the simplest set by hand.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from db.model import Language
from pipeline.fold import fold_text
from pipeline.lexicon_files import lexicon
from pipeline.names.find_names import find_names
from pipeline.pages.read_page import read_page
from pipeline.relevance import company_signs
from pipeline.topic import evidence_in, least
from tests.bench_text import SHARED, load_pages
from tests.learning import named_texts

HERE = Path(__file__).parent
LANGUAGES: tuple[Language, ...] = ("en", "zh")
BUSINESS = {
    "en": " The company was founded in 2022, has 40 employees and has raised money from investors.",
    "zh": "公司成立于2022年，有40名员工，去年完成融资，投资方未披露。",
}
"""What an article that states facts says somewhere, and a passage of two sentences leaves out."""
STEPS = 1500
RATE = 0.03
SHRINKING = 0.001
SHARE_OF_SENTENCES = 0.1
"""All of these are of the field: each teaches less than a passage."""
SHARE_OF_PAGES = 2.0
"""A general feed has far more of other trades than the labelled texts do."""
SHARE_WITH_BUSINESS = 0.5
AGAINST = frozenset({"in_passing", "others_far_down", "others_in_title"})
"""The signs that may weigh nothing or against the field."""
EXAMPLES = {"en": "reading_english.txt", "zh": "chinese_examples.txt"}

Weights = dict[str, float]


@dataclass(frozen=True)
class Row:
    """A labelled text: of which set, whether it is of the field, how much it teaches, and what stands in it."""

    source: str
    ours: bool
    share: float
    counts: Mapping[str, float]


def read_passages(name: str, ending: Mapping[str, str] | None = None) -> list[tuple[Language, bool, str, str]]:
    """(language, of the field, title, text) of each line of a file of passages."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ", 3) for line in lines if not line.startswith("#")]
    return [
        ("zh" if language == "zh" else "en", verdict != "none", title, text + (ending or {}).get(language, ""))
        for verdict, language, title, text in rows
    ]


def read_articles(file: Path) -> list[tuple[bool, str, str]]:
    """(of the field, title, text) of each labelled article of a file, none where there is no file."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    articles: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return [(each["relevant"], each["title"], each["text"]) for each in articles]


def read_sentences(name: str) -> list[str]:
    """The texts of a file of examples that tell a fact, each once."""
    lines = [*(HERE / name).read_text(encoding="utf-8").splitlines(), ""]
    told = [
        text.replace("⏎", "\n\n")
        for text, fact in pairwise(lines)
        if text[:1] not in ("", "#", " ") and fact.startswith("    ") and fact.strip() != "-"
    ]
    return list(dict.fromkeys(told))


def row_of(source: str, language: Language, ours: bool, title: str, text: str, share: float = 1.0) -> Row:
    """A text as the rules see it."""
    title, text = fold_text(title), fold_text(text)
    names = find_names(title, text, language)
    counts = dict(evidence_in(title, text, language).counts)
    counts |= {name: float(there) for name, there in company_signs(names, language).items()}
    return Row(source, ours, share, counts)


def load(language: Language) -> list[Row]:
    """Every labelled text of a language, the held-back ones too."""
    rows = [
        row_of(source, language, ours, title, text, SHARE_WITH_BUSINESS if ending else 1.0)
        for source, name, ending in (
            ("passages", "relevance_passages.txt", None),
            ("passages, with business", "relevance_passages.txt", BUSINESS),
            ("held back", "relevance_held_back.txt", None),
            ("held back, with business", "relevance_held_back.txt", BUSINESS),
        )
        for of, ours, title, text in read_passages(name, ending)
        if of == language
    ]
    articles = sorted([*HERE.glob(f"*articles_{language}.jsonl"), *SHARED.glob(f"eval/dev_{language}.jsonl")])
    for source, files in (("articles", articles), ("named texts", [named_texts(language)])):
        rows += [row_of(source, language, *each) for file in files for each in read_articles(file)]
    sentences = read_sentences(EXAMPLES[language])
    rows += [row_of("sentences", language, True, "", text, SHARE_OF_SENTENCES) for text in sentences]
    pages = map(read_page, load_pages(SHARED)[1].values()) if SHARED.is_dir() else ()
    of_others = (page for page in pages if page.language == language)
    rows += [row_of("pages", language, False, page.title, page.text, SHARE_OF_PAGES) for page in of_others]
    return rows


def fit(rows: Sequence[Row], names: Sequence[str], against: frozenset[str]) -> Weights:
    """The weights by gradient descent (Adam), each kept on its side of nothing."""
    weights, pace, spread = (dict.fromkeys((*names, "base"), 0.0) for _ in range(3))
    total = sum(row.share for row in rows)
    for step in range(1, STEPS + 1):
        slope = {name: SHRINKING * weight for name, weight in weights.items()} | {"base": 0.0}
        for row in rows:
            error = row.share * (1 / (1 + math.exp(-score(row, weights))) - row.ours) / total
            slope["base"] += error
            for name, count in row.counts.items():
                if name in weights:
                    slope[name] += error * count
        for name, value in slope.items():
            pace[name] = 0.9 * pace[name] + 0.1 * value
            spread[name] = 0.999 * spread[name] + 0.001 * value * value
            change = pace[name] / (1 - 0.9**step) / (math.sqrt(spread[name] / (1 - 0.999**step)) + 1e-8)
            weights[name] -= RATE * change
            if name != "base":
                weights[name] = min(weights[name], 0.0) if name in against else max(weights[name], 0.0)
    return {name: round(weight, 2) for name, weight in weights.items()}


def score(row: Row, weights: Mapping[str, float]) -> float:
    """The sum for one text."""
    return weights["base"] + sum(weights.get(name, 0.0) * count for name, count in row.counts.items())


def errors(rows: Iterable[Row], weights: Mapping[str, float], threshold: float) -> str:
    """How many texts of each set are missed, and how many let in that are of other fields."""
    told: dict[str, list[int]] = {}
    for row in rows:
        missed, ours, let_in, others = told.setdefault(row.source, [0, 0, 0, 0])
        near = score(row, weights) >= threshold
        told[row.source] = [
            missed + (row.ours and not near), ours + row.ours, let_in + (near and not row.ours), others + (not row.ours)
        ]  # fmt: skip
    return "; ".join(f"{name}: missed {a} of {b}, let in {c} of {d}" for name, (a, b, c, d) in told.items())


def main() -> int:
    """Fit both languages and print."""
    table = lexicon("pipeline.lexicon", "relevance")
    against = AGAINST.union(table["other_trades"])
    classes = {**table["evidence"], **table["other_trades"]}
    signs = [name for name in table["signs"] if name != "base"]
    fitted: dict[str, Weights] = {}
    for language in LANGUAGES:
        rows = load(language)
        known = [row for row in rows if not row.source.startswith("held back")]
        fitted[language] = fit(known, [*classes, *signs], against)
        present = {name: float(row["weight"][language]) for name, row in classes.items()}
        present |= {name: float(row[language]) for name, row in table["signs"].items()}
        by_hand = {name: -1.0 if name in against else 1.0 for name in (*classes, *signs)} | {"base": -6.0}
        threshold = least("adjacent", language)
        for label, weights in (("present", present), ("fitted", fitted[language]), ("one for all", by_hand)):
            print(f"{language}, {label}: {errors(rows, weights, threshold)}")
    for name in (*classes, *signs, "base"):
        print(f"{name}: {{en: {fitted['en'][name]:.2f}, zh: {fitted['zh'][name]:.2f}}}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
