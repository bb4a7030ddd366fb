"""A count told again of another time without saying of what: "It has 1,400 customers. A year ago it had 900."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from db.model import Claim
from pipeline.english.claim_builder import make
from pipeline.english.document import Document, Sentence
from pipeline.english.told_dates import date_of_figure
from pipeline.names.company_name import CompanyName
from pipeline.values.counts_told import SCALES, count_at
from pipeline.values.numbers import DIGITS, from_digits

_AGAIN = re.compile(
    r"(?:(?:In|At|By|As of) [^.;$€£,]{3,40},? |\w+ (?:years?|months?) (?:ago|earlier|before),? |Today,? |Now,? |By"
    r" then,? )"
    r"(?:it|they|we|the (?:company|startup|firm|figure|number)) (?:had|has|have|was|were|is|are|stood at|counted"
    r"|employed)"
    rf" (?:(?:about|around|some|nearly|over|more than|fewer than|less than|just|only) )?(?P<number>{DIGITS})"
    r"(?: (?P<scale>thousand|million|billion))?\.?\Z"
)


def told_again(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """The claim of such a sentence, where the one before told counts of one kind (`note_told`)."""
    match = _AGAIN.match(sentence.text) if not (sentence.counts or sentence.money) else None
    if match is None or not sentence.number:
        return
    earlier = document.sentences[sentence.number - 1]
    if earlier.where != "text" or earlier.paragraph != sentence.paragraph:
        return
    told: Sequence[Claim] = earlier.noted.get(_NOTED, ())
    kinds = {str(claim.fields["metric"]) for claim in told}
    if len(kinds) != 1:
        return
    number = from_digits(match["number"]) * (SCALES[match["scale"]] if match["scale"] else 1)
    count = count_at(sentence.text, match.start("number"), number)
    company = CompanyName(told[-1].company_key, told[-1].company, told[-1].company_known)
    on = date_of_figure(document, sentence, match.start("number"))
    span = (match.start("number"), match.end())
    yield make(
        document, sentence, "metric", company, span, status=None, money=count, on=on, fields={"metric": kinds.pop()}
    )


def note_told(sentence: Sentence, claims: Sequence[Claim]) -> None:
    """Keeps the counts a sentence told for the next one, which may tell them again."""
    sentence.noted[_NOTED] = claims


_NOTED = "counts told"
