"""`eval`: how right the reader of claims is on a file of labelled articles."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from dailies.commands.extraction import Reader, extracted, reader_of
from dailies.intake.article_lines import ArticleLine, UnusableLine, read_article_lines
from db.model import Language
from pipeline.evaluation.labelled import Part, check_labels, in_part
from pipeline.evaluation.score import Mistake, Score, Tally, score_articles
from pipeline.read_claims import read_claims
from pipeline.sentences import paragraphs, sentences
from reports.escaping import terminal_text


def evaluate(gold: Path, errors: int, part: Part, output: TextIO, with_model: bool = False) -> int:
    """Print the reader's score on a part of a labelled file, then every fatal error and up to `errors` others.

    Each fatal error comes with its sentence. Unusable lines are named on standard error and left out. The exit code.
    """
    labelled: list[ArticleLine] = []
    skipped = 0
    for line in labelled_lines(gold):
        if isinstance(line, UnusableLine):
            skipped += 1
            print(line, file=sys.stderr)
        elif in_part(line.article.key, part):
            labelled.append(line)
    score = score_lines(labelled, reader_of(with_model))
    by_id = {line.article.key: line for line in labelled}
    output.writelines(f"{line}\n" for line in (*_figures(score), *_mistakes(score, by_id, errors)))
    return 3 if skipped else 0


def labelled_lines(gold: Path) -> Iterator[ArticleLine | UnusableLine]:
    """The articles of a file whose labels can be scored; the others as errors. Raises UnreadableArticles."""
    places: dict[str, str] = {}
    for line in read_article_lines(gold):
        if isinstance(line, UnusableLine):
            yield line
            continue
        try:
            check_labels(line.values)
        except ValueError as error:
            yield UnusableLine(f"{line.place}: {error}; label it in the vocabulary of `dailies extract`")
            continue
        first = places.setdefault(line.article.key, line.place)
        if first != line.place:
            yield UnusableLine(f"{line.place}: id {line.article.key!r} is that of {first}; give each article its own")
        else:
            yield line


def score_lines(labelled: Sequence[ArticleLine], reader: Reader = read_claims) -> Score:
    """Read the articles and score what was found."""
    found = {line.article.key: extracted(line.article, reader) for line in labelled}
    return score_articles([line.values for line in labelled], found)


def _figures(score: Score) -> Iterator[str]:
    yield (
        f"{score.articles} articles, {score.total.labelled} labelled facts, {score.total.found} found;"
        f" relevance {score.relevance:.3f}"
    )
    yield f"{'type':20} {'labelled':>8} {'found':>6} {'P':>6} {'R':>6} {'F1':>6}"
    for name, tally in sorted(score.by_type.items()):
        yield _row(name, tally)
    yield _row("core types", score.core)
    yield _row("all types", score.total)
    yield f"every field right: {score.exact_share:.3f} of the labelled facts"
    means = (f"{name} {sum(values) / len(values):.3f}" for name, values in sorted(score.attributes.items()))
    yield "fields of the facts found: " + ", ".join(means)
    yield f"fatal errors: {len(score.fatal)}"


def _row(name: str, tally: Tally) -> str:
    return f"{name:20} {tally.labelled:8} {tally.found:6} {tally.precision:6.3f} {tally.recall:6.3f} {tally.f1:6.3f}"


def _mistakes(score: Score, labelled: dict[str, ArticleLine], most: int) -> Iterator[str]:
    for _, mistake in score.fatal:
        sentence = sentence_around(labelled[mistake.article_id].values, mistake.evidence)
        yield terminal_text(f"FATAL {mistake.article_id}: {mistake.what}")
        yield f"  sentence: {terminal_text(sentence)}"
    for mistake in score.mistakes[: max(0, most)]:
        yield terminal_text(_described(mistake))


def _described(mistake: Mistake) -> str:
    return f"{mistake.kind} {mistake.article_id}: {mistake.what}  <- {mistake.evidence!r}"


def sentence_around(article: dict[str, Any], evidence: str | None) -> str:
    """The sentence an article's evidence stands in; the evidence itself where it is not found."""
    text = str(article.get("text") or "")
    place = text.find(evidence) if evidence else -1
    if place < 0:
        return evidence or "none given"
    language: Language = "zh" if article.get("lang") == "zh" else "en"
    for start, end in paragraphs(text):
        if start <= place < end:
            for begin, stop in sentences(text, start, end, language):
                if place < stop:
                    return text[begin:stop]
    return evidence or "none given"
