"""An article in, its claims out: the reader's public face."""

from __future__ import annotations

from collections.abc import Iterable

from db.model import Article, Claim, Reading
from pipeline.chinese.read_chinese import read_chinese
from pipeline.document import fold_article, names_of, owners_of, read_document
from pipeline.english.read_english import read_english
from pipeline.relevance import judge_relevance


def read_claims(article: Article) -> Reading:
    """Whether an article is about AI video, and every claim it makes, in order of type within each sentence.

    Never raises on any text; every span is exact: `evidence` is that slice of the title or the text.
    """
    title, text = fold_article(article)
    names = names_of(article, title, text)
    relevance, reasons = judge_relevance(title, text, article.language, names)
    if relevance == "none":  # what other industries do is no fact of ours
        return Reading(relevance, reasons, ())
    if article.language == "zh":
        chinese = read_chinese(article, title, text, names, owners_of(names), relevance)
        return Reading(relevance, reasons, tuple(_distinct(chinese)))
    document = read_document(article, names, title, text)
    return Reading(relevance, reasons, tuple(_distinct(read_english(document))))


def _distinct(claims: Iterable[Claim]) -> list[Claim]:
    """Each statement once, however many patterns saw it."""
    seen: dict[tuple[object, ...], Claim] = {}
    told: set[tuple[str, str]] = set()
    for claim in claims:
        if claim.type == "controversy" and claim.event_date is None and (claim.type, claim.company_key) in told:
            continue  # the particulars of an allegation already told
        told.add((claim.type, claim.company_key))
        key = (
            claim.type,
            claim.company_key,
            claim.where,
            claim.sentence,
            claim.money,
            repr(sorted(claim.fields.items(), key=repr)),
        )
        seen.setdefault(key, claim)
    return list(seen.values())
