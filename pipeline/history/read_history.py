"""Tables in, pages with their claims out: rows about one page are gathered, whichever table they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import cast, get_args

import yaml

from db.knowledge.curated import FOLDER, load_knowledge
from db.model import CuratedClaim, CuratedPage, Language, Relevance
from db.nouns.identity import article_key
from pipeline.history.row_claims import claims_of
from pipeline.history.table import Problem, Row, Shape, UnreadableCell, read_rows
from pipeline.pages.canonical_url import canonical_url
from pipeline.pages.publisher import host_of, names_of_host

BUNDLED = ("rounds.csv", "events.csv")
_STAND_INS = {
    "company": "-",
    "claim_kind": "round",
    "type": "founding",
    "evidence_level": "page_text",
    "amount": "1",
}
"""With which a row that is refused is looked at further: without these cells nothing could be said of the others."""


@dataclass(frozen=True, slots=True)
class History:
    """The pages that tables tell of, in order of their keys, and what could not be taken."""

    pages: tuple[CuratedPage, ...]
    problems: tuple[Problem, ...]


def bundled_history() -> History:
    """The history that comes with Dailies (docs/history.md)."""
    return read_history((name, (FOLDER / name).read_bytes()) for name in BUNDLED)


def read_history(tables: Iterable[tuple[str, bytes]]) -> History:
    """The claims of some CSV tables, given as (name to show, bytes). A bad row is a problem; the rest goes on."""
    pages: dict[str, _Page] = {}
    problems: list[Problem] = []
    for name, content in tables:
        for found in read_rows(name, content):
            if isinstance(found, Problem):
                problems.append(found)
                continue
            shape, row = found
            try:
                url = _address(row)
                key = article_key(canonical_url(url), None, "", None)
                page = pages.get(key) or _Page(key, url)
                page.add(row, claims_of(shape, row))
                pages[key] = page
            except UnreadableCell as error:
                wrong = _wrong_cells(shape, row, error)
                problems += [Problem(row.file, row.line, each.column, each.message) for each in wrong]
    return History(tuple(pages[key].curated() for key in sorted(pages)), tuple(problems))


def _wrong_cells(shape: Shape, row: Row, first: UnreadableCell) -> list[UnreadableCell]:
    """All that is wrong with a row, so that it is mended once: what was found is put right, and it is read again.

    `first` is what it was refused for.
    """
    found: dict[str, UnreadableCell] = {}
    steps: tuple[Callable[[Row], object], ...] = (
        _address,
        lambda left: claims_of(shape, left),
        lambda left: left.day("published"),
    )
    for step in steps:
        left = row
        while True:
            try:
                step(left)
                break
            except UnreadableCell as error:
                if error.column in found:
                    break
                found[error.column] = error
                left = replace(left, cells={**left.cells, error.column: _STAND_INS.get(error.column, "")})
    return list(found.values()) if first.column in found else [*found.values(), first]


@dataclass(slots=True)
class _Page:
    """A page as its rows describe it so far."""

    key: str
    url: str
    claims: list[CuratedClaim] = field(default_factory=list)
    published: date | None = None
    language: Language = "other"

    def add(self, row: Row, claims: Iterable[CuratedClaim]) -> None:
        """One more row about it. Raises UnreadableCell where the row says something else about the page itself."""
        published, language = row.day("published"), row.text("language") or "other"
        if language not in get_args(Language):
            raise UnreadableCell("language", f"{language!r} is none of {', '.join(get_args(Language))}")
        if self.claims:
            if published not in (None, self.published) and self.published is not None:
                raise UnreadableCell("published", f"{published}, but an earlier row of this page says {self.published}")
            if language != self.language:
                raise UnreadableCell("language", f"{language}, but an earlier row of this page says {self.language}")
        self.published = self.published or published
        self.language = cast(Language, language)
        self.claims += claims

    def curated(self) -> CuratedPage:
        """The page with what its host tells."""
        host = host_of(self.url)
        company = load_knowledge().company_of_domain(host)
        tier = "company" if company else _tier(host)
        if tier == "unknown" and any(each.claim.origin for each in self.claims):
            tier = "aggregator"
        return CuratedPage(
            key=self.key,
            url=self.url,
            publisher=_publisher(host, company),
            publisher_company=company,
            tier=tier,
            language=self.language,
            published=self.published,
            relevance=_relevance(self.claims),
            claims=tuple(self.claims),
        )


def _address(row: Row) -> str:
    url = row.needed("source_url")
    if not url.startswith(("http://", "https://")) or not host_of(url):
        raise UnreadableCell("source_url", f"{url!r} is no address of a page; it starts with https://")
    return url


def _publisher(host: str, company: str | None) -> str:
    names = names_of_host(host)
    if names:
        return names[0]
    return next((each.name for each in load_knowledge().companies if each.key == company), host)


@cache
def _hosts() -> Mapping[str, list[str]]:
    text = (files("pipeline.history") / "hosts.yml").read_text(encoding="utf-8")
    return cast(Mapping[str, list[str]], yaml.safe_load(text))


def _tier(host: str) -> str:
    for tier, hosts in _hosts().items():
        if any(host == each or host.endswith(f".{each}") for each in hosts):
            return tier
    return "press" if names_of_host(host) else "unknown"


def _relevance(claims: Iterable[CuratedClaim]) -> Relevance:
    scopes = {company.key: company.scope for company in load_knowledge().companies}
    core = any(scopes.get(each.claim.company_key) == "core" for each in claims)
    return "core" if core else "adjacent"
