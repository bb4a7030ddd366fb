"""What of the values in a language model's answer an article bears out: sums, dates, numbers, names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from db.model import CLAIM_FIELDS, Article, ClaimType, FieldValue
from db.values import Money, PartialDate
from pipeline.facts.compared import BETWEEN_PARTIES
from pipeline.language_model.question import enumerations
from pipeline.sentences import paragraphs, sentences
from pipeline.values.counts import find_counts
from pipeline.values.counts_told import count_at
from pipeline.values.dates import find_dates
from pipeline.values.money import find_money
from pipeline.values.numbers import DIGITS, from_digits
from pipeline.values.series import find_series

_BARE = re.compile(
    rf"(?<![\w$€£¥.,%]){DIGITS}(?!\s?(?:%|percent|million|billion|thousand|[万亿千百年月日]))(?![A-Za-z])"
)
"""A number with nothing behind it that would make another of it."""
_NAMED_BY_WORD = frozenset({"pre_seed", "seed", "angel", *(f"series_{letter}" for letter in "abcdefgh")})
"""Rounds that a text calls by their name; a grant or a placing it describes."""


class NotBorneOut(Exception):
    """A value the article does not bear out; the text says which."""


def sum_told(article: Article, kind: ClaimType, fact: Mapping[str, Any], sentence: str) -> Money | None:
    """The sum of a fact as our own reader finds it in the folded sentence, None where the fact has none.

    Raises NotBorneOut where the sentence states no such sum.
    """
    wanted = fact.get("amount")
    if wanted is None:
        return None
    try:
        amount = Decimal(str(wanted))
    except InvalidOperation as error:
        raise NotBorneOut(f"a sum that is no number: {str(wanted)[:40]!r}") from error
    found = [each.money for each in find_money(sentence, article.language)]
    if kind == "metric":
        found += [each.number for each in find_counts(sentence, article.language) if each.unit != "%"]
        if fact.get("currency") is None:
            found += [count_at(sentence, each.start(), from_digits(each[0])) for each in _BARE.finditer(sentence)]
    for money in found:
        if money.amount == amount and fact.get("currency") in (None, money.currency):
            return money
    raise NotBorneOut(f"a sum that its sentence does not state: {wanted} {fact.get('currency') or ''}".rstrip())


def dates_told(article: Article, text: str) -> tuple[PartialDate, ...]:
    """Every date that the title or the folded text tells; within a paragraph each leans on the one before."""
    told: list[PartialDate] = []
    for whole in (article.title, text):
        for start, end in paragraphs(whole):
            anchor: PartialDate | None = None
            for one, other in sentences(whole, start, end, article.language):
                found = find_dates(whole[one:other], article.published, article.language, anchor)
                dates = [each.date for each in found if each.date is not None]
                anchor = dates[-1] if dates else anchor
                told += dates
    return tuple(told)


def date_told(article: Article, said: object, told: tuple[PartialDate, ...], sentence: str) -> PartialDate | None:
    """A date, or the month or year of it, that the article tells: in the sentence, or as one of its dates elsewhere.

    The day of publication counts as told. A year that the sentence leaves to its reader is the model's to say.
    """
    published = (PartialDate(article.published.isoformat()),) if article.published is not None else ()
    near = [each.date for each in find_dates(sentence, article.published, article.language) if each.date is not None]
    for date in _ever_coarser(said):
        if any(date.contains(each) or _same_day_of_year(date, each, sentence) for each in near):
            return date
        if any(date.contains(each) for each in (*published, *told)):
            return date
    return None


def _ever_coarser(said: object) -> Iterator[PartialDate]:
    written = str(said)
    for length in (10, 7, 4):
        if len(written) >= length:
            try:
                yield PartialDate(written[:length])
            except ValueError:
                return


def _same_day_of_year(date: PartialDate, told: PartialDate, sentence: str) -> bool:
    """Whether two dates differ in nothing but a year that the sentence does not write."""
    same = len(date.iso) > len("2026") and date.iso[4:] == told.iso[4:]
    return same and told.iso[:4] not in sentence and abs(int(date.iso[:4]) - int(told.iso[:4])) == 1


def fields_told(
    article: Article, kind: ClaimType, fact: Mapping[str, Any], sentence: str, paragraph: str
) -> dict[str, FieldValue]:
    """The type's own fields: names only as the article writes them, numbers and rounds only as their place does."""
    return {name: value for name, value in _fields(article, kind, fact, sentence, paragraph) if value is not None}


def _fields(
    article: Article, kind: ClaimType, fact: Mapping[str, Any], sentence: str, paragraph: str
) -> Iterator[tuple[str, FieldValue]]:
    counted = {each.number.amount for each in find_counts(sentence, article.language)}
    for name in CLAIM_FIELDS[kind]:
        value = fact.get(name)
        if isinstance(value, list):
            listed = [each for each in value if isinstance(each, str) and _is_written(article, each)]
            if listed:
                yield name, listed
        elif name == "investment_type":
            yield from _round(article, value, sentence, paragraph)
        elif name in enumerations():
            if isinstance(value, str) and value in enumerations()[name]:
                yield name, value
        elif isinstance(value, int) and not isinstance(value, bool):
            if Decimal(value) in counted:
                yield name, value
        elif isinstance(value, str) and name != "series_qualifier":
            written = [each for each in re.split(r"\s*[;；]\s*", value) if _is_written(article, each)]
            yield name, BETWEEN_PARTIES.join(written) or None


def _round(article: Article, value: object, sentence: str, paragraph: str) -> Iterator[tuple[str, FieldValue]]:
    """A round's type and qualifier: a name such as Series B stands in the sentence, or else in the paragraph."""
    here = {each.investment_type: each.qualifier for each in find_series(sentence, article.language)}
    around = here or {each.investment_type: each.qualifier for each in find_series(paragraph, article.language)}
    told = value if isinstance(value, str) and value in enumerations()["investment_type"] else "series_unknown"
    if told in _NAMED_BY_WORD and told not in around:
        told = "series_unknown"
    yield "investment_type", told
    yield "series_qualifier", around.get(told)


def _is_written(article: Article, value: str) -> bool:
    return bool(value.strip()) and (value in article.text or value in article.title)
