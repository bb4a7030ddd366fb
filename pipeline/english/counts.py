"""Users, paying customers, videos and employees, told in English: figures without a currency."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from db.values import PartialDate
from pipeline.english.claim_builder import make
from pipeline.english.compared_counts import compared, those_who_pay
from pipeline.english.counted_answers import answered
from pipeline.english.counted_things import metric_told
from pipeline.english.counts_again import note_told, told_again
from pipeline.english.document import Document, Sentence
from pipeline.english.moved_counts import moved
from pipeline.english.parties import company_of, is_beside, references, referred
from pipeline.english.patterns import any_of
from pipeline.english.payees import party_at
from pipeline.english.subject_meant import Subject
from pipeline.english.telling import unrealised
from pipeline.english.told_dates import date_of_figure
from pipeline.english.verb_forms import words
from pipeline.names.company_name import CompanyName
from pipeline.values.counts_in_frames import TOLD
from pipeline.values.found import FoundCount

_TABLE = "english_counts"


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A metric for each count whose thing we track."""
    if sentence.text.endswith("?") and not sentence.parsed.statements:
        return  # "A payroll of four people?"
    claims = [*told_again(sentence, document), *answered(sentence, document)]
    ways = list(moved(sentence, document))
    claims += [claim for _, claim in ways]
    for count in sentence.counts:
        if not any(start < count.end and count.start < end for (start, end), _ in ways):
            claims += _counted(sentence, document, count)
    note_told(sentence, claims)
    yield from claims


def _counted(sentence: Sentence, document: Document, count: FoundCount) -> Iterator[Claim]:
    """The claim of a count, and those of counts that the sentence sets beside it."""
    metric = metric_told(sentence, count)
    company = _company(sentence, document, count) if metric is not None else None
    if metric is None or company is None:
        return
    if is_beside(document, company) and (metric == "paying_users" or not _names(sentence, company)):
        return
    status = None if metric == "headcount" else unrealised(sentence, count.start, count.end)
    if status is None and _is_aim(sentence, count):
        return
    if status == "rumored" and any_of(_TABLE, "on_a_plan").search(sentence.text):
        status = None  # a plan that is paid for, no plan of what is to come
    on = date_of_figure(document, sentence, count.start)
    if "-" in sentence.text[count.start : count.end] and document.article.published is not None:
        on = PartialDate(document.article.published.isoformat())  # "The 15-strong company expects sales this year"
    fields = {"metric": metric}
    span = (count.start, count.end)
    yield make(document, sentence, "metric", company, span, status=status, money=count.number, on=on, fields=fields)
    yield from compared(sentence, document, company, metric, count)
    if metric == "users":
        yield from those_who_pay(sentence, document, company, count)


def _names(sentence: Sentence, company: CompanyName) -> bool:
    """Whether a sentence speaks of a company or its app: of a big one beside the field nothing is guessed."""
    named = any(company.key in (each.key, each.owner_key) for each in sentence.mentions)
    return named or any_of(_TABLE, "its_product").match(sentence.text) is not None


def _company(sentence: Sentence, document: Document, count: FoundCount) -> CompanyName | None:
    """Whose figure: the subject's, or, where people are the subject, what they signed up for or work at."""
    for each in references(sentence, document):
        if each.start <= count.start < each.end:
            return each.company  # "bought the 12-person Boston shop"
    described = any_of(_TABLE, "described").search(sentence.text, 0, count.start)
    if described is not None and "-" in sentence.text[count.start : count.end]:
        before = [each for each in sentence.mentions if each.end == described.start()]
        return company_of(before[0], document) if before else None
    statement = sentence.parsed.at(count.start)
    subject = statement.subject if statement is not None else None
    if statement is not None and subject is not None and subject.start < count.end and count.start < subject.end:
        if subject.names and subject.names[0].end <= count.start:
            return company_of(subject.names[0], document)  # "Falamos, an avatar startup of 31 people, sells"
        if _NAMELIKE.match(sentence.text, subject.start, count.start) and any_of(_TABLE, "so_many_staff").search(
            sentence.text, 0, count.start
        ):
            return None
        if statement.verb.lemma in ("join", "move", "transfer", "go", "stay", "remain"):
            return referred(sentence, count.start, document, described=True)
        behind = next(
            (each for each in references(sentence, document) if statement.verb.end <= each.start < statement.stop), None
        )
        return behind.company if behind is not None else referred(sentence, count.start, document, described=True)
    if (
        subject is not None
        and subject.names == ()
        and any_of(_TABLE, "its_product").fullmatch(sentence.text[subject.start : subject.end])
    ):
        return sentence.topic
    if subject is not None and not subject.names and subject.head in _OTHERS:
        return None  # "Its rivals employ 300 people each"
    if _OF_WHOM_ELSE.search(sentence.text, max(0, count.start - 90), count.start):
        return None  # "The bank that uses it has 90,000 employees"
    at = _AT.search(sentence.text, count.start, count.end) if count.unit.endswith(TOLD) else None
    if at is not None:
        return next((each.company for each in references(sentence, document) if each.start == at.end()), None)
    company = party_at(sentence, count.start, document)
    made = any_of(_TABLE, "made_with").match(sentence.text, count.end) if company is None else None
    if made is not None:
        near = [each for each in references(sentence, document) if made.start() <= each.start < made.end()]
        return near[0].company if near else sentence.topic
    if company is None and any_of(_TABLE, "its_team").search(sentence.text[: count.start]):
        return sentence.topic  # "the plan is to double the 110-person team"
    if company is None and count.unit.endswith(TOLD) and subject is not None and _is_told_of_it(sentence, subject):
        return referred(sentence, count.start, document, described=True)
    if company is None and count.unit.endswith(TOLD):
        named = [each for each in references(sentence, document) if each.named and each.end <= count.start]
        if (
            named
            and len({each.company.key for each in named}) == 1
            and not (subject and (subject.names or subject.owners))
        ):
            return named[0].company  # "Videos made with HeyGen's avatars now number 100 million"
    if company is None and count.unit.startswith("of th"):
        return sentence.topic  # "212 million people have tried it and 1.77 million of them pay"
    if company is None and subject is not None and any_of(_TABLE, "its_things").match(sentence.text, subject.start):
        return None if subject.names or subject.owners else _speaker(sentence, document, count) or sentence.topic
    return company


def _is_aim(sentence: Sentence, count: FoundCount) -> bool:
    """Whether so many are what others are to come to: "it expects such apps to reach 500 million users"."""
    statement = sentence.parsed.at(count.start)
    return (
        statement is not None and statement.verb.infinitive and statement.verb.lemma in ("reach", "hit", "top", "pass")
    )


def _is_told_of_it(sentence: Sentence, subject: Subject) -> bool:
    """Whether a subject that names nobody is others that are counted, or a thing of whom the text speaks of."""
    if subject.names or subject.owners:
        return False
    counted = any(subject.start <= each.start < subject.end for each in sentence.counts)
    return counted or subject.head in words("told_nouns") or subject.head in _LISTS


_NAMELIKE = re.compile(r"(?!(?:The|Its|Our|Their|A|An) )[A-Z][\w’'-]+ ?[^,.;]*,")
_AT = re.compile(r" (?:people|employees) (?:at|working at|working for|employed at|employed by) \Z")
# fmt: off
_OTHERS = frozenset((
    "rivals", "rival", "competitors", "competitor", "partners", "partner", "suppliers", "supplier", "agencies",
    "agency", "investors", "investor", "landlord", "bank", "banks", "customer", "client", "neighbour", "employer",
    "school", "university", "union", "distributor", "reseller", "parent", "owner", "backer", "lender", "host",
    "sponsor",
))
# fmt: on
_OF_WHOM_ELSE = any_of("english_sums", "of_whom_else")
_LISTS = frozenset(("roster", "list", "book", "rolls", "clientele"))


def _speaker(sentence: Sentence, document: Document, count: FoundCount) -> CompanyName | None:
    """Who says it at the end: "the family's models have been downloaded 5.4 million times, Alibaba says"."""
    for statement in sentence.parsed.statements:
        subject = statement.subject
        if statement.verb.lemma == "say" and subject is not None and subject.start > count.end and subject.names:
            return company_of(subject.names[0], document)
    return None
