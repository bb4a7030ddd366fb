"""A fact as a line of a report: what, when, how sure, who says it, what contradicts it, and what it was before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from db.model import ClaimType, Company, EvidenceClass, Fact, Status, StoredClaim
from db.values import PartialDate
from reports.evidence import Conflict, Quote, conflicts, quotes
from reports.fact_wording import investors_text, what_happened
from reports.labels import label
from reports.witness_notes import witness_notes
from reports.wording import ReportLanguage

_DONE = frozenset({"confirmed", "reported"})
_HINDSIGHT = timedelta(days=31)
_UNSAID: frozenset[object] = frozenset({None, "series_unknown", "undisclosed"})
_STEP_ORDER: tuple[Status, ...] = ("rumored", "reported", "confirmed", "denied")
"""In which order what was said on one day is told."""
_EVIDENCE_ORDER: tuple[EvidenceClass, ...] = ("sentence", "page", "cited")
_LONGEST_STRAND_DAYS: Mapping[ClaimType, int] = {"funding_round": 270, "acquisition": 365, "ipo": 730}
"""Types of deals that are talked about before they are done or denied, and the days after which talk is new talk."""


@dataclass(frozen=True, slots=True)
class Step:
    """A deal's status as somebody put it on a day, and the days since it was first spoken of."""

    status: Status
    said_on: date
    days: int
    fact_id: str


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
    fact: Fact | None = field(default=None, repr=False, compare=False)

    @property
    def done(self) -> bool:
        """It happened, as far as anybody says."""
        return self.status in _DONE


def entries(facts: Sequence[Fact], companies: Mapping[str, Company], language: ReportLanguage) -> list[Entry]:
    """The facts as lines, in order of their dates; the undated last, in the order in which they were first reported."""
    strands = _strands(facts)
    made = [_entry(fact, companies, language, strands[fact.id]) for fact in facts]
    return sorted(made, key=_place)


def _place(entry: Entry) -> tuple[bool, date, int, date, str, str]:
    """By first day; of one first day the longer period first, since it may have begun earlier."""
    reported = entry.first_reported or date.max
    if entry.when is None:
        return (True, date.max, 0, reported, entry.company_key, entry.id)
    first = entry.when.first_day()
    return (False, first, -(entry.when.last_day() - first).days, reported, entry.company_key, entry.id)


def _entry(fact: Fact, companies: Mapping[str, Company], language: ReportLanguage, strand: tuple[Step, ...]) -> Entry:
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
        what=_what(fact, language),
        who=investors_text(fact, language),
        witnesses=fact.witnesses,
        outlets=fact.outlets,
        evidence_class=next(each for each in _EVIDENCE_ORDER if each in classes),
        quotes=quotes(best_first(fact)),
        conflicts=conflicts(fact, language),
        strand=strand,
        witness_notes=witness_notes(fact, language, leaning=False),
        fact=fact,
    )


def display_name(company: Company, language: ReportLanguage) -> str:
    """A company's name as readers of the language know it."""
    return company.name_zh or company.name if language == "zh" else company.name


def _what(fact: Fact, language: ReportLanguage) -> str:
    """What happened; what only may happen, or did not, says so in words too."""
    phrase = what_happened(fact, language)
    return phrase if fact.status in _DONE else label(language, "not_done", fact.status).format(phrase)


def best_first(fact: Fact) -> list[StoredClaim]:
    """First who states the number, then whose sentence we hold, then who states it to the digit, then the status's.

    Of equals the first article's, in the order of its text.
    """
    number = fact.fields["amount"].claim_keys if "amount" in fact.fields else ()
    stated = Counter(key for field in fact.fields.values() for key in field.claim_keys)

    def weight(stored: StoredClaim) -> tuple[bool, bool, bool, bool, int, bool]:
        said, held = stored.claim, stored.evidence_class == "sentence"
        exact, bearing = said.money == fact.money, said.status == fact.status
        return (stored.key not in number, not held, not exact, not bearing, -stated[stored.key], said.where == "title")

    def place(stored: StoredClaim) -> tuple[date, str, int]:
        return (stored.published or date.max, stored.article_key, stored.claim.start)

    return sorted(fact.claims, key=lambda stored: (weight(stored), place(stored)))


def first_reported(fact: Fact) -> date | None:
    """The day of its first dated article."""
    return min((stored.published for stored in fact.claims if stored.published), default=None)


def _strands(facts: Sequence[Fact]) -> dict[str, tuple[Step, ...]]:
    """For every fact the changes of status of its deal, by its own claims and those of facts about the same deal."""
    groups: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[fact.company_key, fact.type].append(fact)
    strands: dict[str, tuple[Step, ...]] = {}
    for group in groups.values():
        for deal in _deals(group):
            steps = _steps(deal)
            told = len(steps) > 1 and any(step.status not in _DONE for step in steps)
            strands.update((fact.id, steps if told else ()) for fact in deal)
    return strands


def _deals(facts: Sequence[Fact]) -> list[list[Fact]]:
    """Facts of one company and type: each piece of talk with the next fact it may have become, the others alone."""
    deals: list[list[Fact]] = []
    for fact in sorted(facts, key=lambda fact: (first_reported(fact) or date.max, fact.id)):
        talk = next((deal for deal in deals if _became(deal[-1], fact)), None)
        if talk is None:
            deals.append([fact])
        else:
            talk.append(fact)
    return deals


def _steps(facts: Sequence[Fact]) -> tuple[Step, ...]:
    """Each status when it was first said, until it is said again after another one."""
    said = sorted(
        (stored.published, _STEP_ORDER.index(_said(stored)), fact.id)
        for fact in facts
        for stored in fact.claims
        if stored.published is not None
    )
    found: list[Step] = []
    for day, place, fact_id in said:
        status = _STEP_ORDER[place]
        first = found[0].said_on if found else day
        if not found or _changes(found[-1].status, status):
            found.append(Step(status, day, (day - first).days, fact_id))
    return tuple(found)


def _said(stored: StoredClaim) -> Status:
    """What a claim makes of a deal: a headline or a link alone confirms nothing."""
    only_seen = stored.claim.status == "confirmed" and stored.evidence_class == "cited"
    return "reported" if only_seen else stored.claim.status


def _changes(before: Status, now: Status) -> bool:
    """Whether this is news of a deal: once it is done, only its confirmation or denial is, all else an echo."""
    return now in ("confirmed", "denied") and now != before if before in _DONE else now != before


def _became(talk: Fact, later: Fact) -> bool:
    """Whether a later fact may be what became of this talk: soon after it, and nothing stated speaks against it.

    They stay two facts: the sums differ, or nobody says that they are one. A line only points to the other.
    """
    days = _LONGEST_STRAND_DAYS.get(talk.type)
    begun, told = first_reported(talk), first_reported(later)
    if days is None or talk.status in _DONE or begun is None or told is None or not 0 < (told - begun).days <= days:
        return False
    if talk.event_date is not None and talk.event_date.last_day() < begun - _HINDSIGHT:
        return False  # the talk itself was told late: nobody says when it began
    if later.event_date is None or later.event_date.last_day() < begun:
        return False  # background, about something before the talk
    return all(
        _UNSAID & {talk.value(name), later.value(name)} or talk.value(name) == later.value(name)
        for name in ("investment_type", "acquirer", "exchange")
    )
