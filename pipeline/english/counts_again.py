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
from pipeline.values.numbers import DIGITS, ENGLISH_WORDS, from_digits, from_english

_AGAIN = re.compile(
    r"(?:(?:(?:In|At|By|As of) [^.;$€£,]{3,40}?|(?:[Aa] )?\w+ (?:years?|months?) (?:ago|earlier|before)|Today|Now"
    r"|By then"
    r"|The (?:year|month) before|Last (?:year|month|[A-Z]\w+)|Back then|At the time),? )?"
    r"(?:[Ii]t|[Tt]hey|[Ww]e|[Tt]here|[Tt]he (?:company|startup|firm|figure|number)|[Tt]hat)(?: now| today)?"
    r" (?:had|has|have|was|were|is|are|stood at|stands at|counted|counts|employed|employs|had been|is now|are now"
    r"|(?:has |have )?(?:since )?(?:grown|risen|fallen|shrunk|climbed) to)"
    rf" (?:(?:about|around|some|nearly|over|more than|fewer than|less than|just|only|down to|up to) ){{0,2}}"
    rf"(?P<number>{DIGITS}|(?i:{ENGLISH_WORDS}))(?: (?P<scale>thousand|million|billion))?"
    r"(?: of (?:us|them)| such \w+)?(?: now| today| left| in all)?(?=\.?\Z|, (?:and|but)\b|;| and (?:is|has|it|the"
    r"|had)\b)"
)


def told_again(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """The claim of such a sentence, where the one before told counts of one kind (`note_told`)."""
    match = _AGAIN.match(sentence.text) if not (sentence.counts or sentence.money) else None
    if match is None or not sentence.number:
        return
    if match[0].startswith(("It ", "They ", "We ", "That ")) and not _OF_NOW.search(match[0]):
        return  # "It has 430." alone may tell of anything
    earlier = document.sentences[sentence.number - 1]
    if earlier.where != "text" or earlier.paragraph != sentence.paragraph:
        return
    told: Sequence[Claim] = earlier.noted.get(_NOTED, ())
    kinds = {str(claim.fields["metric"]) for claim in told}
    if len(kinds) != 1:
        return
    written = match["number"]
    number = (from_digits(written) if written[0].isdigit() else from_english(written)) * (
        SCALES[match["scale"]] if match["scale"] else 1
    )
    if match["scale"] is None and number < _FEWEST and not match[0].startswith("There"):
        return  # "It is one."
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


_FEWEST = 5
_OF_NOW = re.compile(r"\b(?:now|today|since|had|was|were|left)\b")
_NOTED = "counts told"
