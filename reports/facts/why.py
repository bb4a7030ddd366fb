"""Why a fact says what it says: field by field the chosen value, the rule, and every claim for and against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.model import Company, Status, StoredClaim
from db.nouns.facts import Fact, FactField, Finding
from reports.facts.entries import Entry, display_name, entries
from reports.facts.evidence import Quote, chosen_text, quote_of, shown_fields, value_text
from reports.wording.findings import FindingLine, finding_lines
from reports.wording.values import ReportLanguage, word_or_text
from reports.wording.witness_notes import witness_notes


@dataclass(frozen=True, slots=True)
class Voice:
    """One claim for or against a value, with the value as this claim has it."""

    value: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Reason:
    """One field: its chosen value and how sure it is, the rule that chose, and who says what."""

    field: str
    chosen: str
    status: Status
    rule: str
    supporting: tuple[Voice, ...]
    against: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """A fact explained. `asked` is the id a person gave, which may be an older one or a claim's."""

    asked: str
    language: ReportLanguage
    sample: bool
    entry: Entry
    reasons: tuple[Reason, ...]
    others: tuple[Quote, ...]
    """The fact's claims that state none of its fields, a bare denial for instance."""
    witness_notes: tuple[str, ...] = ()
    """Why it has fewer independent witnesses than articles."""
    findings: tuple[FindingLine, ...] = ()
    """What follows from it and other facts of the company."""

    @property
    def page_reasons(self) -> tuple[Reason, ...]:
        """The reasons without the series suffix where nobody contradicts it: the series before it says it already."""
        series, suffix = (
            word_or_text(self.language, "fields", name) for name in ("investment_type", "series_qualifier")
        )
        said = {
            voice.quote.claim_key
            for reason in self.reasons
            if reason.field == series
            for voice in (*reason.supporting, *reason.against)
        }
        return tuple(
            reason
            for reason in self.reasons
            if reason.field != suffix
            or reason.against
            or any(voice.quote.claim_key not in said for voice in reason.supporting)
        )

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Each of its claims once, in the order in which they are told."""
        voices = (voice.quote for reason in self.reasons for voice in (*reason.supporting, *reason.against))
        return tuple({quote.claim_key: quote for quote in (*voices, *self.others)}.values())


@dataclass(frozen=True, slots=True)
class Tombstone:
    """An id that once named a claim which is not held any more. `cause`: revision, rules or judgement."""

    asked: str
    language: ReportLanguage
    sample: bool
    company: str
    quote: Quote
    dropped_on: date
    cause: str


def explain(
    fact: Fact,
    companies: Mapping[str, Company],
    language: ReportLanguage,
    *,
    asked: str,
    sample: bool = False,
    findings: Sequence[Finding] = (),
) -> Why:
    """Everything that speaks for and against each field of a fact."""
    claims = {stored.key: stored for stored in fact.claims}
    reasons = tuple(_reason(fact, name, fact.fields[name], claims, language) for name in shown_fields(fact))
    used = {voice.quote.claim_key for reason in reasons for voice in (*reason.supporting, *reason.against)}
    return Why(
        asked=asked,
        language=language,
        sample=sample,
        entry=entries([fact], companies, language)[0],
        reasons=reasons,
        others=tuple(quote_of(stored, language) for key, stored in claims.items() if key not in used),
        witness_notes=witness_notes(fact, language),
        findings=finding_lines([each for each in findings if fact.id in (each.fact_id, *each.others)], language),
    )


def _reason(
    fact: Fact, name: str, field: FactField, claims: Mapping[str, StoredClaim], language: ReportLanguage
) -> Reason:
    def voices(keys: Sequence[str], value: object) -> list[Voice]:
        return [
            Voice(_told(fact, name, claims[key], value, language), quote_of(claims[key], language))
            for key in keys
            if key in claims
        ]

    return Reason(
        field=word_or_text(language, "fields", name),
        chosen=chosen_text(fact, name, language),
        status=field.status,
        rule=word_or_text(language, "rule", field.rule),
        supporting=tuple(voices(field.claim_keys, field.value)),
        against=tuple(voice for losing in field.losing for voice in voices(losing.claim_keys, losing.value)),
    )


def _told(fact: Fact, name: str, stored: StoredClaim, fallback: object, language: ReportLanguage) -> str:
    """The value in this claim's own words: a supporter may say less than the chosen value, or say it less precisely."""
    claim = stored.claim
    own = claim.event_date.iso if name == "event_date" and claim.event_date else claim.fields.get(name)
    value = own if own is not None else fallback
    usable = value if isinstance(value, str | int | bool | list) else None
    return value_text(fact, name, usable, [stored.key], {stored.key: stored}, language)


def bury(
    stored: StoredClaim,
    company: Company | None,
    language: ReportLanguage,
    *,
    asked: str,
    dropped_on: date,
    cause: str,
    sample: bool = False,
) -> Tombstone:
    """What is said of an id whose claim is held no more."""
    named = display_name(company, language) if company else stored.claim.company
    return Tombstone(asked, language, sample, named, quote_of(stored, language), dropped_on, cause)
