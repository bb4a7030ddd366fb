"""Suits that an English text speaks of: "Disney's lawsuit against Midjourney", "a suit that Disney brought"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from db.model import Claim
from db.values import PartialDate
from pipeline.claim_builder import make
from pipeline.document import Document, Sentence
from pipeline.english.dated_statements import dated, dated_statement
from pipeline.english.parties import references, subject_company
from pipeline.english.plaintiffs import joined_names, plaintiff_of
from pipeline.english.telling import unrealised
from pipeline.english.told_dates import date_of
from pipeline.gated_pattern import GatedPattern

_RULED = re.compile(
    r"\b(?:[Jj]udges?|[Cc]ourts?|[Tt]ribunal|[Jj]ury)\b[^.;]{0,60}\b(?:reject|dismiss|thr[eo]w|toss|rul|side|strik"
    r"|struck)\w*"
)
_LATER = re.compile(
    r"\b(?:settl\w+|trial|appeal\w*|hearing|verdict|ruling|judgment|dropp?\w*|withdr[ae]w\w*|dismiss\w*|hanging"
    r" over|pending)\b"
)
"""What happens to a suit later says nothing of when it was brought."""
_FILED = re.compile(r"\b(?:sued|filed (?:a |the |its |an? \w+ )?(?:suit|lawsuit|complaint|case))\b")
_NOUN = re.compile(
    r"(?:\b(?P<plaintiff>[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,3})['’]s? |\b(?:its|their|a|the|his|her"
    r"|of) )(?:[\w-]+ ){0,3}?(?:lawsuit|suit|class action|case) against "
)
_BROUGHT = GatedPattern(
    r"\b(?:lawsuit|suit|case|complaint|class action|legal action|action) (?:that |which )?(?P<by>[A-Z][^.;]{1,80}?) "
    r"(?:has |had |have )?(?:brought|filed|launched|started)\b"
)
_BROUGHT_BY = GatedPattern(
    r"\b(?:lawsuit|suit|complaint|class action|legal action) (?:that was |which was )?(?:brought|filed|lodged|launched)"
    r" (?:[^.;,]{0,40}? )?by (?P<by>(?:[^.;]|(?<=Bros)\.){2,90}?)"
    r"(?= (?:in|over|and (?:accus|alleg)\w+) |,? (?:who|which|accus\w+|alleg\w+|is|was|has|over)\b|[;,](?! [A-Z])"
    r"|(?<!Bros)\.|$)"
)
"""As in "a suit brought in June by the publisher Kadokawa": against whom is told elsewhere."""
_UNNAMED = re.compile(
    r"\b(?:[Aa]|[Aa]nother|[Tt]he) (?:proposed |new |separate |federal )?(?:class[- ]action|lawsuit|suit)(?: suit"
    r"| lawsuit| complaint)?(?: (?:filed|brought)\b[^.;]{0,40}?)? (?:accuses|accused|alleges that|claims that|says) "
)
"""A suit that only says against whom it is: "A class action filed in January accuses Pika of"."""
_SEPARATE = re.compile(
    r"\b(?:[Aa]|[Aa]nother|[Tt]he) (?P<separate>separate|second|similar|third|further|parallel|other) (?:\w+"
    r" )?(?:lawsuit|suit|case"
    r"|complaint|action)(?:,? (?:which was |that was )?(?:brought|filed|launched))? (?:[^.;,]{0,24}? )?(?:by|from) "
    r"(?P<by>[A-Z][^.;]{2,60}?)(?= (?:is|was|has|will|remains|goes|went|continues|awaits)\b)"
)
"""Another suit against whom the text is about: "A separate case brought by Disney is due to be heard in May"."""
_OF_COURT = re.compile(r"\b(?:[Cc]ourt|[Jj]udges?|[Jj]ury|[Tt]ribunal)\b")
_RULED_FOR = re.compile(
    r"\b(?:for|favou?r of|with|against) (?P<by>[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,3}) in (?:its|their|his|her|the)\b"
)
_FILED_BY = re.compile(
    r"\b(?:[Ll]awsuit|[Ss]uit|[Cc]lass action|[Cc]omplaint|[Cc]ase|[Ll]egal action|[Pp]roceedings)s? (?:filed |brought "
    r"|launched |started )?(?:[^.;,]{0,24}? )?(?:by|from) (?P<by>[^.;]{2,80}?) (?:accuses|accused|alleges that|says"
    r"|claims that|against) "
)


def filed_on(sentence: Sentence) -> PartialDate | None:
    """The day a suit told of was filed on: "Disney's lawsuit against Pika, filed in January"."""
    for statement in sentence.parsed.statements:
        if statement.verb.lemma in _FILING and (statement.reduced or statement.verb.passive or statement.relative):
            told = dated_statement(sentence, statement, statement.verb.main, own=True)
            if told is not None and told.date is not None and told.start > statement.verb.end:
                return told.date
    return None


_FILING = frozenset(("file", "bring", "launch", "lodge", "start"))


def is_suit_brought(text: str) -> bool:
    """Whether a sentence tells of "a suit that Disney brought"."""
    return _BROUGHT.search(text) is not None


def suits_spoken_of(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A suit that a noun tells: who brought it stands beside it."""
    brought = _BROUGHT.search(sentence.text)
    found = list(_brought(sentence, document, brought) if brought is not None else _against(sentence, document))
    by = _BROUGHT_BY.search(sentence.text) if not found else None
    yield from _brought(sentence, document, by) if by is not None else found


def _against(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A suit that is spoken of: "Disney's lawsuit against Midjourney", "a suit filed by Disney accuses Midjourney"."""
    text = sentence.text
    match = _NOUN.search(text) or _FILED_BY.search(text)
    unnamed = _UNNAMED.search(text) if match is None else None
    match = match or unnamed or _SEPARATE.search(text)
    statement = sentence.parsed.at(match.start()) if match else None
    if match is None:
        return
    groups = match.groupdict()
    plaintiff = groups.get("plaintiff") or joined_names(groups.get("by") or "")
    if plaintiff is None and unnamed is None and statement is not None and not statement.verb.passive:
        plaintiff = plaintiff_of(sentence, statement.subject, document)
        if plaintiff is not None and _OF_COURT.search(plaintiff):
            ruled = _RULED_FOR.search(text)
            plaintiff = ruled["by"] if ruled is not None else None
    if match.re.groupindex.get("separate") and sentence.topic is not None and plaintiff is not None:
        on = filed_on(sentence)
        span, told = (match.start(), match.end()), {"plaintiff": plaintiff}
        yield make(document, sentence, "lawsuit", sentence.topic, span, status=None, on=on, fields={**told})
        return
    for each in references(sentence, document):
        if (
            match.end() <= each.start <= match.end() + 40
            and each.company.name != plaintiff
            and (plaintiff is not None or unnamed)
        ):
            on = filed_on(sentence) or date_of(document, sentence, match.start())
            status = unrealised(sentence, match.start(), match.start())
            if _RULED.search(text) or _LATER.search(text):
                if _FILED.search(document.text) and _RULED.search(text):
                    return
                status, on = None, None  # what a court decides, it decides on a suit filed before
            fields = {"plaintiff": plaintiff}
            yield make(
                document,
                sentence,
                "lawsuit",
                each.company,
                (match.start(), each.end),
                status=status,
                on=on,
                fields=fields,
            )
            return


def _brought(sentence: Sentence, document: Document, match: re.Match[str]) -> Iterator[Claim]:
    """As in "MiniMax faces a suit that Disney brought in September": against whom it says, else who faces it."""
    plaintiff = joined_names(match["by"])
    behind = [
        each
        for each in references(sentence, document)
        if match.end() <= each.start <= match.end() + 40 and " against " in sentence.text[match.end() - 1 : each.start]
    ]
    first = sentence.parsed.statements[0].subject if sentence.parsed.statements else None
    facing = subject_company(first, sentence, document) or sentence.topic
    defendant = behind[0].company if behind else facing
    if defendant is None or plaintiff is None or defendant.name in plaintiff:
        return
    status = unrealised(sentence, match.end() - 1, match.end())
    told = next((each for each in sentence.dates if match.start() <= each.start < match.end()), None)
    told = told or dated(sentence, match.end() - 1)
    on = told.date if told is not None else None
    span = (match.start(), match.end())
    fields = {"plaintiff": plaintiff}
    yield make(document, sentence, "lawsuit", defendant, span, status=status, on=on, fields=fields)


def each_suit_once(claims: Sequence[Claim]) -> list[Claim]:
    """Without what a headline tells of a suit whose plaintiffs the text names, all or more of them."""
    suits = [claim for claim in claims if claim.type == "lawsuit"]
    return [
        claim
        for claim in claims
        if claim.type != "lawsuit"
        or not any(other.company_key == claim.company_key and _suing(claim) < _suing(other) for other in suits)
    ]


def _suing(claim: Claim) -> frozenset[str]:
    return frozenset(filter(None, str(claim.fields.get("plaintiff") or "").split("; ")))
