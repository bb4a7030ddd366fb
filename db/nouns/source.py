"""A source as its catalogue file describes it: validated here, stored by the table class that inherits it."""

from __future__ import annotations

from typing import Any, Literal, Self, get_args

from pydantic import HttpUrl, TypeAdapter, field_validator, model_validator
from sqlmodel import Field, SQLModel

SourceKind = Literal[
    "rss",
    "atom",
    "json",
    "sitemap",
    "listing",
    "embedded",
    "form_d_list",
    "form_d_search",
    "companies_house",
    "wikidata",
    "gdelt",
    "hacker_news",
    "any",
    "page",
]
"""Feeds in three formats, a sitemap, a web page that lists articles by links or as JSON; the registers and the searches
by their names; whatever an address turns out to be (what `sources test` asks); and a site whose pages a person asks for
one by one."""
SourceLanguage = Literal["en", "zh"]
Tier = Literal["primary", "company", "trade", "press", "aggregator"]
"""From the strongest word to the weakest: registers and filings; a company about itself; the sector's own press; the
general press; those who pass on what others wrote."""
_URL = TypeAdapter(HttpUrl)
RSSHUB = "rsshub://"
"""How the address of a route of RSSHub begins, on whatever instance: rsshub://36kr/newsflashes."""
_OF_KINDS = {"links": ("listing",), "items": ("embedded",), "page": ("embedded",), "terms": ("gdelt", "hacker_news")}
"""The fields that some kinds must have and no other may; of a sitemap `links` is what an article's address contains."""
_MAY_HAVE = {"links": ("sitemap",)}
EXPECTED_YIELD: dict[tuple[str, str], float] = {
    ("primary", ""): 1.0,
    ("company", ""): 0.3,
    ("trade", ""): 3.0,
    ("trade", "listing"): 20.0,
    ("trade", "sitemap"): 45.0,
    ("press", ""): 10.0,
    ("press", "sitemap"): 60.0,
    ("aggregator", ""): 35.0,
}
"""Entries a day by tier and kind, "" being any other kind: the medians of this catalogue's own guesses, Nov 2026."""


def usual_yield(tier: str, kind: str) -> float:
    """Entries a day that sources of this tier and kind bring; 1 where that is no tier."""
    return EXPECTED_YIELD.get((tier, kind), EXPECTED_YIELD.get((tier, ""), 1.0))


class SourceFields(SQLModel):
    """One source. `expected_yield` is a first guess of entries a day, until the source's own rhythm is known; where a
    file gives none, that of sources of its tier and kind.

    `links` is the CSS selector of the links to articles on a listing; of a sitemap of pages, what is part of an
    article's address; other kinds have none. Of embedded JSON, `items` is the name of the array that lists articles,
    `page` the address of one with the names of its values in braces ("https://host/news/{slug.current}"), `dated` the
    name of the value that says when. `terms` are the words that a search is made for, separated by commas. `needs` is
    the environment variable without which a source is not asked.
    `every_hours` is how often the schedule reads it between the daily runs.
    """

    key: str
    title: str
    kind: str
    url: str
    language: str
    country: str | None = None
    tier: str = "press"
    expected_yield: float = Field(default=1.0, ge=0)
    every_hours: int | None = Field(default=None, ge=1, le=12)
    enabled: bool = True
    full_text: bool = False
    links: str | None = None
    items: str | None = None
    page: str | None = None
    dated: str | None = None
    terms: str | None = None
    needs: str | None = None
    evidence_url: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _with_expected_yield(cls, fields: Any) -> Any:
        if not isinstance(fields, dict) or fields.get("expected_yield") is not None:
            return fields
        return {**fields, "expected_yield": usual_yield(fields.get("tier", "press"), fields.get("kind", ""))}

    @field_validator("kind", "language", "tier")
    @classmethod
    def _is_known(cls, value: str, info: object) -> str:
        allowed = {"kind": SourceKind, "language": SourceLanguage, "tier": Tier}[getattr(info, "field_name", "")]
        if value not in get_args(allowed):
            raise ValueError(f"{value!r} is none of {', '.join(get_args(allowed))}")
        return value

    @field_validator("url")
    @classmethod
    def _is_http(cls, value: str) -> str:
        if not value.startswith(RSSHUB):
            _URL.validate_python(value)
        return value

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> Self:
        for name, kinds in _OF_KINDS.items():
            if self.kind not in _MAY_HAVE.get(name, ()) and (self.kind in kinds) != bool(getattr(self, name)):
                raise ValueError(f"{name}: {' and '.join(kinds)} need it, no other kind has it")
        return self
