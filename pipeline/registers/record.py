"""A record of a register as an article: its fields as lines of text, and claims that stand in exactly those lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from db.knowledge.curated import KnownCompany
from db.model import Claim, ClaimType, FieldValue, PageText, Reading, Relevance, SaidBy, Status
from db.values import Money, PartialDate


class NoRecord(Exception):
    """What came is no record of this register; the text says why."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one line of a record says about its company. The line has to be among the record's lines."""

    line: str
    type: ClaimType
    status: Status
    said_by: SaidBy
    event_date: PartialDate | None = None
    money: Money | None = None
    fields: Mapping[str, FieldValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """A record: `lines` in paragraphs, the company it is about (None: none we know), and why nothing is claimed of it.

    `published` is the day on which the register made it public, where the record says so itself.
    """

    title: str
    paragraphs: Sequence[Sequence[str]]
    register: str
    published: date | None
    company: KnownCompany | None
    statements: Sequence[Statement] = ()
    reasons: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The record as it is stored."""
        return "\n\n".join("\n".join(lines) for lines in self.paragraphs)

    def page(self, published: datetime | None, precision: str | None) -> PageText:
        """The record as a page; `published` with its precision is what the list said that led here."""
        if published is None and self.published is not None:
            published, precision = datetime.combine(self.published, time.min, UTC), "day"
        return PageText(
            title=self.title,
            text=self.text,
            language="en",
            canonical_url=None,
            publisher=self.register,
            original_publisher=None,
            authors=(),
            published=published,
            published_precision="second" if precision == "second" else "day" if published else None,
        )

    def reading(self) -> Reading:
        """The claims of the record. A company that no field of ours knows has none."""
        if self.company is None:
            return Reading("none", self.reasons, ())
        company = self.company
        claims = [self._claim(company, statement) for statement in self.statements]
        relevance: Relevance = "core" if company.scope == "core" else "adjacent"
        return Reading(relevance, (f"company: {company.name}", *self.reasons), tuple(claims))

    def _claim(self, company: KnownCompany, statement: Statement) -> Claim:
        """The claim with the one line that says it as its evidence, and as its sentence."""
        text = self.text
        start = text.index(statement.line)
        return Claim(
            type=statement.type,
            company=company.name,
            company_key=company.key,
            company_known=True,
            status=statement.status,
            said_by=statement.said_by,
            origin=None,
            where="text",
            start=start,
            end=start + len(statement.line),
            evidence=statement.line,
            sentence=statement.line,
            event_date=statement.event_date,
            money=statement.money,
            fields=dict(statement.fields),
        )
