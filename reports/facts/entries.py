"""A fact as a line of a report: what, when, how sure, who says it, what contradicts it, and what it was before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from db.model import ClaimType, Company, EvidenceClass, Status, StoredClaim
from db.nouns.facts import Fact
from db.values import PartialDate
from reports.facts.denial import ending_of
from reports.facts.evidence import Conflict, Quote, conflicts, quotes
from reports.facts.first_report import first_reported
from reports.facts.strands import Step, strand_note, strands_of
from reports.facts.sum_marks import marked
from reports.wording.facts import investors_text
from reports.wording.labels import label
from reports.wording.values import ReportLanguage
from reports.wording.witness_notes import witness_notes

_DONE = frozenset({"confirmed", "reported"})
_EVIDENCE_ORDER: tuple[EvidenceClass, ...] = ("sentence", "page", "cited")


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact in one language. `who` names a round's investors; `strand` has two steps or more, or none."""

    id: str
    type: ClaimType
    company_key: str
    company: str
    when: PartialDate | None
    first_reported: date | None
    status: Status
    what: str
    who: str
    witnesses: int
    outlets: int
    evidence_class: EvidenceClass
    quotes: tuple[Quote, ...]
    conflicts: tuple[Conflict, ...]
    strand: tuple[Step, ...] = ()
    witness_notes: tuple[str, ...] = ()
    """Which of its articles are copies, and which outlets only lean on each other."""
    strand_note: str = ""
    """What we make of the strand: the days from the first word to the last, and how the sum changed on the way."""
    fact: Fact | None = field(default=None, repr=False, compare=False)

    @property
    def open_conflicts(self) -> tuple[Conflict, ...]:
        """The values that lost and that somebody still stands behind."""
        return tuple(each for each in self.conflicts if not each.taken_back)

    @property
    def done(self) -> bool:
        """It happened, as far as anybody says."""
        return self.status in _DONE


def entries(
    facts: Sequence[Fact],
    companies: Mapping[str, Company],
    language: ReportLanguage,
    *,
    among: Sequence[Fact] | None = None,
) -> list[Entry]:
    """The facts as lines, in order of their dates; the undated last, in the order in which they were first reported.

    `among` are the facts their strands may lead to, these included; by default only these.
    """
    kinds = {(fact.company_key, fact.type) for fact in facts}
    every = facts if among is None else [fact for fact in among if (fact.company_key, fact.type) in kinds]
    strands, by_id = strands_of(every), {fact.id: fact for fact in every}
    made = [
        _entry(fact, companies, language, strands[fact.id], strand_note(strands[fact.id], by_id, language))
        for fact in facts
    ]
    return sorted(made, key=_place)


def _place(entry: Entry) -> tuple[bool, date, int, date, str, str]:
    """By first day; of one first day the longer period first, since it may have begun earlier."""
    reported = entry.first_reported or date.max
    if entry.when is None:
        return (True, date.max, 0, reported, entry.company_key, entry.id)
    first = entry.when.first_day()
    return (False, first, -(entry.when.last_day() - first).days, reported, entry.company_key, entry.id)


def _entry(
    fact: Fact, companies: Mapping[str, Company], language: ReportLanguage, strand: tuple[Step, ...], note: str
) -> Entry:
    company = companies.get(fact.company_key)
    classes = {stored.evidence_class for stored in fact.claims}
    return Entry(
        id=fact.id,
        type=fact.type,
        company_key=fact.company_key,
        company=display_name(company, language) if company else fact.claims[0].claim.company,
        when=fact.event_date,
        first_reported=first_reported(fact),
        status=fact.status,
        what=what_is_told(fact, language),
        who=investors_text(fact, language),
        witnesses=fact.witnesses,
        outlets=fact.outlets,
        evidence_class=next(each for each in _EVIDENCE_ORDER if each in classes),
        quotes=quotes(best_first(fact), language),
        conflicts=conflicts(fact, language),
        strand=strand,
        witness_notes=witness_notes(fact, language, leaning=False),
        strand_note=note,
        fact=fact,
    )


def both_names(company: Company, language: ReportLanguage) -> str:
    """English and Chinese name; for Chinese readers a Chinese company's Chinese name comes first."""
    if company.name_zh is None or company.name_zh == company.name:
        return company.name
    chinese_first = language == "zh" and company.country == "CN"
    return " ".join((company.name_zh, company.name) if chinese_first else (company.name, company.name_zh))


def display_name(company: Company, language: ReportLanguage) -> str:
    """A company's name as readers of the language know it."""
    return company.name_zh or company.name if language == "zh" else company.name


def what_is_told(fact: Fact, language: ReportLanguage) -> str:
    """What happened; what only may happen, or did not, says so in words too."""
    phrase = marked(fact, language)
    if fact.status in _DONE:
        return phrase
    return label(language, "not_done", ending_of(fact) if fact.status == "denied" else fact.status).format(phrase)


def best_first(fact: Fact) -> list[StoredClaim]:
    """First who states the number, then whose sentence we hold, then who states it to the digit, then the status's.

    Before all that stands what contradicts no chosen value: nobody is shown "a D round" as the proof of an extension of
    the C. Of equals the first article's, in the order of its text.
    """
    number = fact.fields["amount"].claim_keys if "amount" in fact.fields else ()
    against = {
        key
        for name, field in fact.fields.items()
        if name != "event_date"
        for losing in field.losing
        for key in losing.claim_keys
    }
    stated = Counter(key for field in fact.fields.values() for key in field.claim_keys)

    def weight(stored: StoredClaim) -> tuple[bool, bool, bool, bool, bool, int, bool]:
        said, held = stored.claim, stored.evidence_class == "sentence"
        exact, bearing = said.money == fact.money, said.status == fact.status
        contradicts, silent, title = stored.key in against, stored.key not in number, said.where == "title"
        return (silent, contradicts, not held, not exact, not bearing, -stated[stored.key], title)

    def place(stored: StoredClaim) -> tuple[date, str, int]:
        return (stored.published or date.max, stored.article_key, stored.claim.start)

    return sorted(fact.claims, key=lambda stored: (weight(stored), place(stored)))
