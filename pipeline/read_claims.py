"""An article in, its claims out: the reader's public face."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from db.model import Article, Claim, Reading, Relevance
from pipeline.carried_over import without_doubtful
from pipeline.chinese.read_chinese import read_chinese
from pipeline.english.document import read_document
from pipeline.english.read_english import read_english
from pipeline.folded_article import fold_article
from pipeline.names.company_name import owners_of
from pipeline.names.find_names import Names, find_names
from pipeline.parts import claims_of_whole, names_of_part, part_of, parts
from pipeline.relevance import judge_relevance


def read_claims(article: Article) -> Reading:
    """Whether an article is about AI video, and every claim it makes, in order of type within each sentence.

    Never raises on any text; every span is exact: `evidence` is that slice of the title or the text.
    """
    title, text = fold_article(article)
    names = find_names(title, text, article.language)
    relevance, reasons = judge_relevance(title, text, article.language, names)
    if relevance == "none":  # what other industries do is no fact of ours
        return Reading(relevance, reasons, ())
    claims = [
        claim
        for start, end in parts(text)
        for claim in claims_of_whole(
            _read_part(
                part_of(article, start, end), title, text[start:end], names_of_part(names, start, end), relevance
            ),
            start,
        )
    ]
    told = without_doubtful(article, _told_by_title(claims, names), names)
    return Reading(relevance, reasons, tuple(_distinct(told)))


_ROUND_UP = 3


def _told_by_title(claims: Sequence[Claim], names: Names) -> list[Claim]:
    """Without what the title of a round-up says of nobody: "eight deals, from seed to $600 million"."""
    raising = {claim.company_key for claim in claims if claim.where == "text" and claim.type == "funding_round"}
    if len(raising) < _ROUND_UP:
        return list(claims)
    named = {key for mention in names.in_title for key in (mention.key, mention.owner_key)}
    return [claim for claim in claims if claim.where == "text" or claim.company_key in named]


def _read_part(article: Article, title: str, text: str, names: Names, relevance: Relevance) -> list[Claim]:
    """The claims of one part of an article, most often all of it, by the reader of its language."""
    if article.language == "zh":
        return read_chinese(article, title, text, names, owners_of(names), relevance)
    return read_english(read_document(article, names, title, text))


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
            claim.status == "denied",  # a sentence may tell what was said and that it is denied
            claim.sentence,
            claim.money,
            repr(sorted(claim.fields.items(), key=repr)),
        )
        seen.setdefault(key, claim)
    return list(seen.values())
