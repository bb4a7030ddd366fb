"""The bundled companies, investors and products as text files hold them, and the checks that keep them consistent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from db.nouns.identity import fold

FOLDER = Path(__file__).parent
SEGMENTS = frozenset(
    [
        "video_generation",
        "avatar",
        "world_model",
        "video_editing",
        "image",
        "audio",
        "foundation_model",
        "adjacent",
        "incumbent",
    ]
)
SCOPES = frozenset({"core", "adjacent"})


@dataclass(frozen=True, slots=True)
class KnownProduct:
    """A product by its names; weak ones need a second sign in the text."""

    name: str
    name_zh: str | None = None
    weak: bool = False


@dataclass(frozen=True, slots=True)
class KnownCompany:
    """A curated company. `aliases` are its strong other names, `weak` those (its own may be one) that need a sign."""

    key: str
    name: str
    kind: str
    segment: str
    scope: str
    name_zh: str | None = None
    legal_name: str | None = None
    country: str | None = None
    city: str | None = None
    founded_on: str | None = None
    founders: tuple[str, ...] = ()
    domain: str | None = None
    operating_status: str | None = None
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    products: tuple[KnownProduct, ...] = ()
    source: str | None = None

    @property
    def strong_names(self) -> list[str]:
        """The names that are enough by themselves."""
        names = [self.name, self.name_zh, self.legal_name, *self.aliases]
        return [name for name in dict.fromkeys(names) if name and name not in self.weak]


@dataclass(frozen=True, slots=True)
class KnownInvestor:
    """A curated investor: an organisation or a person. `arm_of` is the key of whose arm it is, where it is one.

    Each stands for itself: what an arm put in is counted with nobody else.
    """

    key: str
    name: str
    kind: str
    name_zh: str | None = None
    country: str | None = None
    aliases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    arm_of: str | None = None
    source: str | None = None

    @property
    def strong_names(self) -> list[str]:
        """The names that are enough by themselves."""
        return [
            name for name in dict.fromkeys((self.name, self.name_zh, *self.aliases)) if name and name not in self.weak
        ]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All of it."""

    companies: tuple[KnownCompany, ...]
    investors: tuple[KnownInvestor, ...]
    _domains: dict[str, str] = field(default_factory=dict)

    def company_of_domain(self, host: str) -> str | None:
        """The key of the company whose own site this host is."""
        return self._domains.get(host.lower().removeprefix("www."))

    def company_of_legal_name(self, name: str) -> KnownCompany | None:
        """The company that a register's name is of: its legal name, or a strong name with a company's legal form.

        A fund, a partnership or a series that only carries a company's name is another: "WU Anthropic LP", "Runway
        Fund 1, LP". A weak name alone ("Pika, Inc.") could be anybody's.
        """
        written = _words(name)
        exact, bare = _legal_names(self)
        return exact.get(written) or (bare.get(_without_form(written)) if _without_form(written) != written else None)


_LEGAL_FORM = re.compile(
    r"(?: (?:incorporated|inc|corporation|corp|company|co|limited|ltd|llc|l l c|plc|pbc|public benefit corporation|"
    r"gmbh|ag|s a|sas|bv|ab|pte))+\Z"
)
"""How a company's registered name ends; LP, LLP, fund, trust and series are no companies of this kind."""
_NO_LETTER = re.compile(r"[\W_]+")


def _words(name: str) -> str:
    return _NO_LETTER.sub(" ", fold(name)).strip()


def _without_form(words: str) -> str:
    return _LEGAL_FORM.sub("", words)


@cache
def _legal_names_of(companies: tuple[KnownCompany, ...]) -> tuple[dict[str, KnownCompany], dict[str, KnownCompany]]:
    exact = {_words(each.legal_name): each for each in companies if each.legal_name}
    bare = {_without_form(_words(name)): each for each in companies for name in each.strong_names}
    bare |= {_without_form(words): each for words, each in exact.items()}
    return exact, {words: each for words, each in bare.items() if words}


def _legal_names(knowledge: Knowledge) -> tuple[dict[str, KnownCompany], dict[str, KnownCompany]]:
    """Companies by their legal name, and by their legal or a strong name without its legal form; folded words."""
    return _legal_names_of(knowledge.companies)


@cache
def load_knowledge() -> Knowledge:
    """The bundled knowledge, read once per process."""
    companies = tuple(_company(entry) for entry in _read("companies.yml"))
    investors = tuple(_investor(entry) for entry in _read("investors.yml"))
    return Knowledge(companies, investors, {company.domain: company.key for company in companies if company.domain})


def _read(name: str) -> list[dict[str, Any]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    entries: list[dict[str, Any]] = yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=loader)  # noqa: S506
    return entries


def _tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}


def _company(entry: dict[str, Any]) -> KnownCompany:
    products = tuple(KnownProduct(**product) for product in entry.get("products", ()))
    return KnownCompany(**{**_tuples(entry), "products": products})


def _investor(entry: dict[str, Any]) -> KnownInvestor:
    return KnownInvestor(**_tuples(entry))


def problems(knowledge: Knowledge) -> Iterator[str]:
    """What is wrong with the files, one sentence each; nothing when they are consistent."""
    everyone: list[KnownCompany | KnownInvestor] = [*knowledge.companies, *knowledge.investors]
    yield from _repeated("key", [each.key for each in everyone])
    strong = [name for each in everyone for name in each.strong_names]
    yield from _repeated("strong name", strong)
    yield from _unfit(knowledge)
    names = {name for company in knowledge.companies for name in (*company.strong_names, *company.weak)}
    for investor in knowledge.investors:
        for name in names.intersection((*investor.strong_names, *investor.weak)):
            yield f"{investor.key}: {name!r} is a company's name; companies invest without an entry of their own"
    keys = {company.key for company in knowledge.companies}
    arms = {investor.key for investor in knowledge.investors if investor.arm_of}
    whole = {each.key for each in everyone} - arms
    for investor in knowledge.investors:
        if investor.arm_of is not None and investor.arm_of not in whole:
            yield f"{investor.key}: {investor.arm_of!r}, whose arm it is, is in neither file, or is an arm itself"
    for company in knowledge.companies:
        if company.segment not in SEGMENTS:
            yield f"{company.key}: segment {company.segment!r} is none of {', '.join(sorted(SEGMENTS))}"
        if company.scope not in SCOPES:
            yield f"{company.key}: scope {company.scope!r} is neither core nor adjacent"
        if company.parent is not None and company.parent not in keys:
            yield f"{company.key}: its parent {company.parent!r} is not in companies.yml"
        if company.name not in (*company.strong_names, *company.weak):
            yield f"{company.key}: its name is neither strong nor weak"


def _unfit(knowledge: Knowledge) -> Iterator[str]:
    """Names that cannot stand alone: numbers, and one or two Latin letters."""
    products = [(company.key, p.name) for company in knowledge.companies for p in company.products if not p.weak]
    everyone: list[KnownCompany | KnownInvestor] = [*knowledge.companies, *knowledge.investors]
    strong = [(each.key, name) for each in everyone for name in each.strong_names]
    for key, name in (*strong, *products):
        if name.isdigit() or (len(name) < 3 and name.isascii()):
            yield f"{key}: {name!r} is too short to be sure of; put it among the weak names"


def _repeated(what: str, values: Sequence[str]) -> Iterator[str]:
    for value, count in Counter(values).items():
        if count > 1:
            yield f"{what} {value!r} stands {count} times"
