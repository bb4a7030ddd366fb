"""Products and models that come out, are shown, opened for testing or given away, told in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim, FieldValue
from db.values import PartialDate
from pipeline.english.claim_builder import make
from pipeline.english.dated_statements import since_when
from pipeline.english.deeds import Deed, deeds
from pipeline.english.document import Document, Sentence
from pipeline.english.launch_phrases import Phrase, launch_phrases
from pipeline.english.launched_products import come_out, object_stop
from pipeline.english.product_names import Product
from pipeline.english.telling import is_decided, unrealised
from pipeline.english.told_dates import date_of
from pipeline.matching.gated_pattern import GatedPattern

_BETA = re.compile(
    r"\b(?:(?:in|into|as an?|a|the|private|public|closed|open|limited) (?:\w+ )?(?:beta|preview|alpha"
    r"|waitlist)|beta version|test version|early version|beta test\w*|waitlist|waiting[ -]list|early access"
    r"|invited|invite-only|research preview|closed testing|limited group)\b"
)
_OPEN = re.compile(
    r"\b(?:open[- ]sourc\w+|open[- ]weights?|(?:the |its |model "
    r"|with )?weights(?: and code)?\b(?! training)|under (?:an? |the )?(?:Apache|MIT)|free to download"
    r"|code and weights)"
)
_MAY_HAVE = re.compile(
    r"\b(?:may|can|could) (?:now |freely |also )?(?:be )?(?:download|had|use|try|tried|take|copied|fetch|buy)"
)
"""What people may do now has happened: "Everyone may download Gen-5"."""
_PLACED_IN = re.compile(r" \S[^.;,]{2,60} (?:in|inside|into|within|through|via) (?:its|the|their|our) ")
_AHEAD = re.compile(r"\b(?:will|would|to|due|planned|expected|slated|scheduled|coming)\b")
_ASIDE = GatedPattern(
    r"\b(?:before|until) \Z|\b(?:best|first|biggest|largest|worst|highest|lowest|most)\b[^.;]{0,40} since \Z"
)
_PAUSED = GatedPattern(
    r"\b(?:paused?|delay\w*|postpone\w*|cancel\w*|halt\w*|stop\w*|yet to|before|without)\b[^.;]{0,20}\Z"
)


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A launch for each product that comes out."""
    told: set[tuple[str, str]] = set()
    spans: list[tuple[int, int]] = []
    for deed in deeds(sentence, "product_launch"):
        subject = deed.statement.subject
        if subject is not None and _ASIDE.search(sentence.text[: subject.start]):
            continue
        if unrealised(sentence, deed.start, deed.start) == "denied" or _PAUSED.search(
            sentence.text[: deed.start][-40:]
        ):
            continue
        for product in come_out(sentence, document, deed):
            if _PLACED_IN.fullmatch(
                sentence.text, deed.statement.verb.end, max(product.start, deed.statement.verb.end)
            ):
                continue  # "released the model in its Gemini app"
            stage = _stage(sentence, deed, product)
            if (product.name, stage) not in told:
                told.add((product.name, stage))
                spans.append((product.start, product.end))
                yield _claim(sentence, document, deed, product, stage)
    for phrase in launch_phrases(sentence, document):
        if not any(start < phrase.product.end and phrase.product.start < end for start, end in spans):
            yield _phrased(sentence, document, phrase)


def _phrased(sentence: Sentence, document: Document, phrase: Phrase) -> Claim:
    """The claim of a phrase around a product's name."""
    product = phrase.product
    telling = sentence.parsed.at(phrase.end - 1)
    apart = telling is not None and (telling.relative or telling.reduced) and telling.verb.start > phrase.start
    status = unrealised(sentence, phrase.end - 1 if apart else phrase.start, phrase.end)
    words = sentence.text[phrase.start : min(len(sentence.text), phrase.end + 50)]
    stage = phrase.stage
    if stage == "release" and _OPEN.search(words):
        stage = "open_source"
    elif stage in ("release", "announced") and _BETA.search(words):
        stage = "beta"
    if status == "rumored" and (stage == "announced" or _MAY_HAVE.search(words)):
        status = None
    fields: dict[str, FieldValue] = {"product": product.name, "stage": stage}
    told = since_when(sentence, phrase.end)
    on = told.date if told is not None else date_of(document, sentence, phrase.end - 1)
    on = on or date_of(document, sentence, phrase.start)
    on = _announced_on(sentence, document, stage, on, words)
    span = (phrase.start, phrase.end)
    return make(document, sentence, "product_launch", product.owner, span, status=status, on=on, fields=fields)


def _announced_on(
    sentence: Sentence, document: Document, stage: str, on: PartialDate | None, words: str
) -> PartialDate | None:
    """What will come is announced today, or on the day the sentence tells: "will be out in May, it said on Monday"."""
    published = document.article.published
    if stage != "announced" or on is None or published is None:
        return on
    if on.first_day() <= published and not (on.last_day() > published and _AHEAD.search(words)):
        return on
    told = [each.date for each in sentence.dates if each.date is not None and each.date.precision == "day"]
    said = [each for each in told if each.first_day() <= published]
    return said[-1] if said else PartialDate(published.isoformat())


def _stage(sentence: Sentence, deed: Deed, product: Product) -> str:
    """The most telling stage of the statement."""
    verb = deed.statement.verb
    stop = max(deed.end, product.end, object_stop(sentence, deed))
    words = sentence.text[verb.start : min(len(sentence.text), stop + 50)]
    words = re.split(r"[;]|, (?:and|but|while) ", words)[0]
    if deed.kind == "open_source" or _OPEN.search(words):
        return "open_source"
    if deed.kind == "beta" or (_BETA.search(words) and verb.lemma != "leave"):
        return "beta"
    if re.search(r"\bto (?:a )?(?:select|small|limited|handful|closed|group)\b", words):
        return "beta"
    return "announced" if deed.kind == "announced" else "release"


def _claim(sentence: Sentence, document: Document, deed: Deed, product: Product, stage: str) -> Claim:
    verb = deed.statement.verb
    span = (min(verb.start, product.start), max(deed.end, product.end))
    status = unrealised(sentence, verb.start, verb.end, deed.statement)
    if status == "rumored" and is_decided(sentence, verb):
        status, stage = None, "announced"
    fields: dict[str, FieldValue] = {"product": product.name, "stage": stage}
    told = since_when(sentence, verb.end)
    on = told.date if told is not None else date_of(document, sentence, verb.main, told=deed.statement)
    on = _announced_on(sentence, document, stage, on, verb.group)
    return make(document, sentence, "product_launch", product.owner, span, status=status, on=on, fields=fields)
