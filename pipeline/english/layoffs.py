"""Layoffs told in English: how many people, or which share."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim, FieldValue
from pipeline.claim_builder import make
from pipeline.document import CompanyName, Document, Sentence
from pipeline.english.deeds import Deed, deeds
from pipeline.english.layoff_numbers import PEOPLE, SMALL_NUMBERS, WORKFORCE, is_base, numbers_of, plain
from pipeline.english.parties import references, referred, subject_company
from pipeline.english.payees import party_at
from pipeline.english.statements import Statement
from pipeline.english.telling import is_decided, unrealised
from pipeline.english.told_dates import date_of
from pipeline.gated_pattern import GatedPattern

_LAYOFF = re.compile(
    r"\b(?:lay|laid|lays|laying) (?:\w+ ){0,8}?off\b|\blayoffs?\b|\blay-offs?\b|\bredundan\w+|\bjob cuts\b"
    r"|\blet (?:[\w%.,-]+ ){0,12}?go\b|\bletting (?:[\w%.,-]+ ){0,8}?go\b"
)
_NOUN = GatedPattern(
    r"\b(?:the (?:job )?cuts\b[^.;]{0,40}? (?:amount|affect|hit|represent|equal|come)|layoffs?|lay-offs?|job cuts"
    r"|redundancies|the (?:dismissal|sacking|firing|elimination|loss) of (?:about |around |some |nearly )?(?=\d)"
    r"|the loss of (?=[^.;]{0,20}(?:jobs|positions|roles)))\b"
)
_NOT_PEOPLE = re.compile(
    r"\b(?:price|prices|cost|costs|fee|fees|rate|deal|ribbon|ties|spending|burn|time|budget|valuation|losses)\b"
)
_POSTS = re.compile(r"\b(?:jobs|posts|positions|roles)\b")
_COUNTED_STAFF = re.compile(
    rf"(?:\d|\b(?:{'|'.join(SMALL_NUMBERS)})\b)(?: of \w+)? (?:\w+ )?(?:employees|staff|workers)\b"
)
"""As in "Twelve employees have gone"."""
_AFFECTS = re.compile(
    r"\b(?:affect|hit|cost|cover|involve|include|amount|represent|equal|come|came|claim|number|total|fall on|fell on"
    r"|of|or|about)\w*\b|[:—(]"
)
_ANNOUNCED = re.compile(
    r"\b(?:announc(?:es|ed)|confirm(?:s|ed)|beg(?:ins|an)|carried out|made|makes|started) (?:[a-z]+ ){0,2}"
    r"(?:layoffs|lay-offs|job cuts|redundancies)\b"
    r"|\b(?:[Ll]ayoffs|[Ll]ay-offs|[Jj]ob cuts|[Rr]edundancies) (?:began|begin|have begun|started|are under way)\b"
)
_MOST = re.compile(
    r"\b(?:most|all|nearly all|almost (?:all|every\w*)|everyone|everybody|the rest) (?:of )?(?:its|the"
    r"|their|his)?\b|\balmost everyone\b|\beveryone\b"
)


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """One layoff a sentence, with headcount and percentage where told."""
    told: set[str] = set()
    for deed in deeds(sentence, "layoffs"):
        behind = sentence.text[deed.statement.verb.end : _stop(sentence, deed)]
        subject = deed.statement.subject
        beside = sentence.text[subject.start : subject.end] if subject else ""
        people = beside if _moves_its_subject(deed) else behind
        if not _tells(sentence, deed, people, behind) or re.search(r"\bnever\b", deed.statement.verb.group):
            continue
        moved = subject.start if subject and subject.start < deed.start else deed.start
        begin = moved if _moves_its_subject(deed) else deed.statement.verb.start
        fields = numbers_of(sentence, deed.statement, begin, _stop(sentence, deed))
        company = _company(sentence, document, deed)
        if (
            company is not None
            and company.key not in told
            and (fields or _LAYOFF.search(sentence.text) or _MOST.search(people))
        ):
            told.add(company.key)
            yield _claim(sentence, document, company, deed.start, _stop(sentence, deed), fields, deed.statement)
    if not told:
        yield from _everybody(sentence, document) or [*_noun(sentence, document)]


def _moves_its_subject(deed: Deed) -> bool:
    """Whether those who go are the subject: "forty people were let go", "forty jobs will go"."""
    return deed.statement.is_suffered or deed.statement.verb.lemma in ("lose", "go", "disappear")


def _tells(sentence: Sentence, deed: Deed, people: str, behind: str) -> bool:
    """Whether it is people who are cut."""
    if _NOT_PEOPLE.search(re.split(r"[,.;]", behind)[0]):
        return False
    if deed.statement.verb.lemma == "tell" and not deed.statement.verb.passive:
        return False
    lost = deed.statement.verb.lemma == "lose" and deed.statement.verb.passive
    if (lost or deed.statement.verb.lemma in ("go", "disappear")) and not _POSTS.search(people):
        counted = deed.statement.verb.lemma == "go" and _COUNTED_STAFF.search(people.lower())
        return bool(counted) and re.match(r"(?:have|had|will|are to)\b", deed.statement.verb.group) is not None
    if deed.statement.verb.lemma == "cost":
        return True
    if deed.statement.verb.lemma in ("lay", "make", "furlough", "let"):
        return deed.statement.verb.lemma != "let" or bool(
            PEOPLE.search(people) or re.search(r"\d|\bof (?:its|our|the)\b|\beveryone\b|\bstaff\b", people)
        )
    if deed.statement.verb.lemma in (
        "fire",
        "dismiss",
        "lose",
        "part",
        "sack",
        "drop",
        "say",
        "bid",
        "terminate",
        "jettison",
    ):
        return bool(PEOPLE.search(people)) and bool(
            re.search(
                r"\d|\b(?:all|entire|everyone|half|third|quarter|fifth|tenth|dozens?|hundreds?|twenty|thirty|forty"
                r"|fifty|sixty"
                r"|seventy|eighty|ninety|most|jobs)\b|\b(?:" + "|".join(SMALL_NUMBERS) + r")\b",
                people.lower(),
            )
        )
    return bool(PEOPLE.search(people)) or bool(
        re.search(
            r"(?:\d ?%|percent|per cent|half|a third|a quarter|a fifth|a tenth) of (?:its|the"
            r"|their) (?:company|business)",
            people,
        )
    )


def _stop(sentence: Sentence, deed: Deed) -> int:
    """A layoff is told up to the next subject, a hundred characters at most."""
    stop = min(len(sentence.text), deed.statement.verb.end + 100)
    for other in sentence.parsed.statements:
        if (
            other.parent is None
            and not (other.verb.form == "ing" and other.verb.bare)
            and other.verb.start > deed.statement.verb.end
            and other.subject is not None
            and deed.statement.verb.end < other.subject.start < stop
            and "%" not in sentence.text[other.subject.start : other.subject.end]
        ):
            return other.subject.start
    return stop


def _company(sentence: Sentence, document: Document, deed: Deed) -> CompanyName | None:
    subject = deed.statement.subject
    company = subject_company(subject, sentence, document)
    if company is not None:
        return company
    for each in references(sentence, document):
        if deed.statement.verb.end <= each.start < _stop(sentence, deed):
            return each.company
    if subject is not None and (
        subject.head in ("i", "we")
        or deed.statement.verb.passive
        or PEOPLE.search(subject.head)
        or _PART_OF_STAFF.match(sentence.text, subject.start)
        or subject.head in ("founder", "founders", "management", "leaders")
    ):
        return referred(sentence, deed.start, document, described=True)
    return party_at(sentence, deed.start, document)


_PART_OF_STAFF = re.compile(
    r"(?:About |Around |Nearly |Almost |More than )?(?:[Aa] (?:third|quarter|fifth|tenth)|[Hh]alf|[Mm]ost|[\d.]+(?:%|"
    r" per ?cent))"
    r" of (?:the|its|their) (?:\w+ )?(?:staff|employees|workforce|team|people)\b"
)


def _claim(
    sentence: Sentence,
    document: Document,
    company: CompanyName,
    start: int,
    stop: int,
    fields: dict[str, FieldValue],
    told: Statement | None = None,
) -> Claim:
    status = unrealised(sentence, start, start, told)
    decided = (told is not None and is_decided(sentence, told.verb)) or _DECIDED.search(sentence.text)
    if status == "rumored" and decided and sentence.said_by in ("company", "none"):
        status = None
    on = date_of(document, sentence, start if told is None else told.verb.main, told=told)
    return make(document, sentence, "layoffs", company, (start, stop), status=status, on=on, fields=fields)


_DECIDED = re.compile(
    r"\b(?:will|would) be (?:let go|laid off|cut|made redundant)\b|\bwill (?:go|lose)\b|\bplans? to (?:lay off|cut)\b"
)
_LOSE_JOBS = (
    r"(?:lose (?:their|its) jobs?|be (?:let go|laid off|dismissed|made redundant|fired|out of (?:a job|work))|leave|go)"
)
_EVERYBODY = GatedPattern(
    r"\b(?:[Ii]ts|[Tt]he|[Tt]heir|[Aa]ll|[Hh]is|[Hh]er|[Oo]ur) (?:remaining |last )?(?P<number>\d[\d,]*|\w+) "
    r"(?:remaining )?(?:employees|staff|workers|people)\b[^.;]{0,40}?\b(?P<all>all|they all|everyone)?(?: of them)?,? ?"
    rf"(?:would|will|were to|are to) {_LOSE_JOBS}\b"
    r"|\b[Aa]ll (?P<whole>\d[\d,]*|\w+) (?:of (?:its|the|their) )?(?:employees|staff|workers|people|jobs)\b[^.;]{0,24}?"
    r"\b(?:(?:were|are|have been|has been) (?:let go|laid off|dismissed|made redundant|fired|told to go)"
    rf"|(?:will|would) {_LOSE_JOBS}|(?:lost|lose) their jobs)\b"
    r"|\b(?P<told>\d[\d,]*|\w+) (?:people|employees|staff|workers)\b"
    r"[^.;]{0,24}? (?:have been|were|are being) told to (?:leave|go)\b"
    r"|\b(?P<cuts>\d[\d,]*|\w+) (?:job cuts|redundancies|layoffs|lay-offs|dismissals)\b"
    r"|\b(?P<hit>\d[\d,]*|\w+) (?:employees|staff|workers|people|roles|jobs|positions) (?:were|are|have been|will be"
    r"|would be) (?:\w+ )?(?:affected|impacted|hit) by (?:the|its) (?:\w+ )?(?:cuts|layoffs|lay-offs"
    r"|redundancies|restructuring)\b"
    r"|\b(?:told|informed|notified) (?:about |around |some |nearly |another )?(?P<informed>\d[\d,]*|\w+)"
    r" (?:of (?:its|the|their) )?(?:people|employees|staff|workers|colleagues)\b[^.;]{0,16}? (?:that )?"
    r"(?:they were no longer needed|their (?:jobs|posts|roles) (?:were|had been|would be) (?:going|gone|cut|eliminated)"
    r"|they (?:would|will|were to) (?:be (?:let go|laid off|dismissed|made redundant)|lose their jobs))\b"
    r"|\bwith the loss of (?:about |around |some |nearly |all )?(?P<lost>\d[\d,]*|\w+) (?:jobs|posts|positions)\b"
)
"""Everybody of a number told, or so many jobs, gone: "told its 23 employees that all of them would lose their jobs"."""


def _everybody(sentence: Sentence, document: Document) -> list[Claim]:
    match = _EVERYBODY.search(sentence.text)
    if match is None:
        return []
    word = (
        match["number"]
        or match["whole"]
        or match["told"]
        or match["lost"]
        or match["cuts"]
        or match["hit"]
        or match["informed"]
    )
    number = int(word.replace(",", "")) if word[0].isdigit() else SMALL_NUMBERS.get(word.lower())
    company = party_at(sentence, match.start(), document) or referred(sentence, match.start(), document, described=True)
    if number is None or company is None:
        return []
    fields: dict[str, FieldValue] = {"headcount": number}
    if match["all"] or match["whole"]:
        fields["percent"] = 100
    return [_claim(sentence, document, company, match.start(), match.end(), fields)]


def _noun(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """As in "The layoffs affect about 40 people, or 20% of staff"."""
    match = _NOUN.search(sentence.text.lower())
    if match is None:
        return
    fields: dict[str, FieldValue] = {}
    for count in sentence.counts:
        if count.unit == "%" and WORKFORCE.search(sentence.text[count.end : count.end + 30]):
            fields["percent"] = plain(float(count.number.amount))
        elif (
            count.unit != "%"
            and PEOPLE.search(count.unit)
            and (not is_base(sentence, count) or sentence.text[match.end() : count.start].strip() in ("of", "of about"))
        ):
            behind = count.start >= match.start()
            between = sentence.text[match.start() : count.start] if behind else sentence.text[count.end : match.start()]
            if (behind and _AFFECTS.search(between)) or (not behind and not between.strip()):
                fields["headcount"] = int(count.number.amount)
    company = party_at(sentence, match.start(), document) or referred(sentence, match.start(), document, described=True)
    if company is not None and (fields or _ANNOUNCED.search(sentence.text)):
        yield _claim(sentence, document, company, match.start(), match.end(), fields)
