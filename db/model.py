"""The nouns that flow between the wings, up to the stored claim, as plain immutable values; facts are in `facts`.

Dataclasses, not SQLModel classes: the processes that read pages hold thousands of them and never open a database, and
SQLModel would cost each such process 48 MB and 0.8 s of start-up (measured). The tables are in `db.schema.tables`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from db.values import Money, PartialDate

Language = Literal["en", "zh", "other"]
ClaimType = Literal[
    "funding_round",
    "valuation",
    "total_funding",
    "acquisition",
    "ipo",
    "shutdown",
    "layoffs",
    "leadership_change",
    "product_launch",
    "founding",
    "lawsuit",
    "metric",
    "partnership",
    "controversy",
]
Status = Literal["confirmed", "reported", "rumored", "denied"]
SaidBy = Literal[
    "company",
    "investor",
    "filing",
    "court",
    "named_person",
    "unnamed_people",
    "document",
    "other_outlet",
    "none",
]
Relevance = Literal["core", "adjacent", "none"]
EvidenceClass = Literal["sentence", "page", "cited"]
FieldValue = str | int | bool | list[str] | None
Sketch = tuple[int, ...]
"""Hashes of 32 bits that are mostly equal for texts that are copies of one another (`pipeline.near_copies`)."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One archived response: what a reader process is handed. `url` is the final URL, after redirects."""

    url: str
    body: bytes
    content_type: str | None
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class FeedHints:
    """What a feed or sitemap said about a page before it was fetched; every field may be silent.

    Where only the day is known, `published` is its midnight and the precision says so.
    """

    title: str | None = None
    published: datetime | None = None
    summary_html: str | None = None
    content_html: str | None = None
    authors: tuple[str, ...] = ()
    published_precision: Literal["day", "second"] = "second"


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page says: main text as paragraphs separated by a blank line, and its metadata.

    `publisher` is who runs the host, `original_publisher` whom a reprint line names (None: not a reprint, as far as
    the page tells). `published` is None where neither page nor feed gives a date.
    """

    title: str
    text: str
    language: Language
    canonical_url: str | None
    publisher: str | None
    original_publisher: str | None
    authors: tuple[str, ...]
    published: datetime | None
    published_precision: Literal["day", "second"] | None
    access: Literal["open", "paywalled", "challenge"] = "open"


@dataclass(frozen=True, slots=True)
class Article:
    """An article as the reader of claims gets it. `published` is a day: relative dates resolve against it.

    `text` is exactly what is stored; every span of a claim points into it, or into `title`. `publisher_company` is the
    company key whose own newsroom this is (its words then are a party's), else None.
    """

    key: str
    title: str
    text: str
    language: Language
    published: date | None
    publisher: str | None = None
    original_publisher: str | None = None
    url: str | None = None
    publisher_company: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One typed statement found in one article, with the exact span that says it.

    `company` is the canonical name where `company_key` is a curated slug; for a company we do not know it is the name
    as written, and the key is its folded form. `money` is the amount of the type (a metric without currency, such as
    users, is Money with currency None). `fields` holds the type's own fields in the names of `CLAIM_FIELDS`; a field
    the text does not state is absent. `where` says whether `start` and `end` point into the article's text or title;
    `evidence` is exactly that slice, `sentence` the whole sentence around it. `event_date` is None where the text gives
    none. `origin` is the outlet the text names as its source, if any. A claim of a curated table stands in no text of
    ours: `where` is "row", and evidence and sentence are the table's row as a line.
    """

    type: ClaimType
    company: str
    company_key: str
    company_known: bool
    status: Status
    said_by: SaidBy
    origin: str | None
    where: Literal["title", "text", "row"]
    start: int
    end: int
    evidence: str
    sentence: str
    event_date: PartialDate | None = None
    money: Money | None = None
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    sentence_zh: str | None = None
    """Of a table's row its note in Chinese, "" where only its fields say something; None where there is no Chinese."""


CLAIM_FIELDS: Mapping[str, tuple[str, ...]] = {
    "funding_round": ("investment_type", "series_qualifier", "investors", "lead_investors", "financial_advisers"),
    "valuation": ("valuation_kind",),
    "total_funding": (),
    "acquisition": ("acquirer",),
    "ipo": ("exchange",),
    "shutdown": ("product",),
    "layoffs": ("headcount", "percent"),
    "leadership_change": ("person", "role", "direction"),
    "product_launch": ("product", "stage"),
    "founding": (),
    "lawsuit": ("plaintiff",),
    "metric": ("metric",),
    "partnership": ("partner",),
    "controversy": (),
}
"""Each claim type's own fields besides money and date. investment_type: Crunchbase's (`series_a`, `seed`,
`debt_financing`, `convertible_note`, `secondary_market`, `corporate_round`, `grant`, `private_equity`,
`post_ipo_equity`, `series_unknown` ...); series_qualifier: "pre", "extension", "several" (one sum for
several rounds), or the written suffix such as "A+", "A1"; valuation_kind: post_money | pre_money | unspecified;
direction: departure | appointment; stage: announced | beta | release | open_source; percent: 0-100; metric: arr
revenue_monthly revenue_annual revenue_part_year (a quarter, nine months) burn_monthly users paying_users videos
headcount cash share_capital (nominal, from a register) other."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading an article gave: is it about AI video, why do we think so, and the claims."""

    relevance: Relevance
    reasons: tuple[str, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class CuratedClaim:
    """A claim of a curated table. `identity` stands for the sentence in its key, so a corrected value keeps it."""

    claim: Claim
    identity: str
    evidence_class: EvidenceClass


@dataclass(frozen=True, slots=True)
class CuratedPage:
    """A page that curated tables tell of, and their claims in the order of the rows. Its text is not held."""

    key: str
    url: str
    publisher: str
    publisher_company: str | None
    tier: str
    language: Language
    published: date | None
    relevance: Relevance
    claims: tuple[CuratedClaim, ...]


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim with its key and what of its article the merging and the reports need."""

    key: str
    claim: Claim
    article_key: str
    article_url: str | None
    article_title: str
    published: date | None
    publisher: str | None
    witness: str
    """Whose word this is: the origin the text names, else the original publisher, else the publisher."""
    tier: str
    evidence_class: EvidenceClass
    recorded_at: datetime
    story: str | None = None
    """The smallest key of the articles that are copies of one another, its own among them; None: no copies."""
    original_publisher: str | None = None
    """Whom the article names as its own source, where it is a reprint."""


@dataclass(frozen=True, slots=True)
class Company:
    """A company as the reports show it. `candidate` is a name found in the news that nobody has curated yet."""

    key: str
    name: str
    name_zh: str | None = None
    legal_name: str | None = None
    kind: str | None = None
    segment: str | None = None
    country: str | None = None
    city: str | None = None
    founded_on: str | None = None
    founders: tuple[str, ...] = ()
    domain: str | None = None
    operating_status: str | None = None
    parent_key: str | None = None
    products: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    candidate: bool = False
