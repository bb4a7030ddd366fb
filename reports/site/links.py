"""Where the pages of the site lie, as seen from one of them: permanent addresses made from keys, ids and names."""

from __future__ import annotations

from dataclasses import dataclass, field

from db.knowledge.name_key import name_key
from reports.escaping import file_name
from reports.wording.labels import label
from reports.wording.values import ReportLanguage

SECTIONS = ("index", "companies", "rounds", "investors", "talk", "conflicts", "coverage", "method")
"""Pages that every page links to, in this order; "index" is the week."""


@dataclass(frozen=True, slots=True)
class SiteLinks:
    """The links of the page `stem` ("companies/runway", without language and suffix) in one language.

    `investors` are the name keys of those who have a page; `companies` the keys of those who have one.
    """

    stem: str
    language: ReportLanguage
    companies: frozenset[str] = field(default=frozenset(), repr=False)
    investors: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def path(self) -> str:
        """The page's own path below the site's folder."""
        return page_path(self.stem, self.language)

    @property
    def other(self) -> tuple[str, str, ReportLanguage]:
        """The same page in the other language: that language's own name, the address, and its code."""
        other: ReportLanguage = "zh" if self.language == "en" else "en"
        return label(other, "index", "own_language"), self.to(page_path(self.stem, other)), other

    @property
    def sections(self) -> list[tuple[str, str, bool]]:
        """Name and address of every section, and whether the page is its first."""
        return [(label(self.language, "site", each), self.page(each), each == self.stem) for each in SECTIONS]

    def to(self, path: str) -> str:
        """The address of a path below the site's folder."""
        return "../" * self.stem.count("/") + path

    def page(self, stem: str) -> str:
        """The address of a page in this language."""
        return self.to(page_path(stem, self.language))

    def fact(self, fact_id: str) -> str:
        """The page of a fact."""
        return self.page(fact_stem(fact_id))

    def company(self, key: str) -> str | None:
        """The page of a company, where it has one."""
        return self.page(company_stem(key)) if key in self.companies else None

    def dates(self, key: str) -> str:
        """The page of a company by date, which one with many facts has."""
        return self.page(dates_stem(key))

    def investor(self, name: str) -> str | None:
        """The page of an investor, where it has one."""
        return self.page(investor_stem(name)) if name_key(name) in self.investors else None


def page_path(stem: str, language: ReportLanguage) -> str:
    """A page's path: the first page in English is what a browser finds by itself."""
    if stem == "index":
        return "index.html" if language == "en" else f"index.{language}.html"
    return f"{stem}.{language}.html"


def company_stem(key: str) -> str:
    """A company's page, without language and suffix."""
    return f"companies/{file_name(key)}"


def dates_stem(key: str) -> str:
    """A company's page by date."""
    return f"dates/{file_name(key)}"


def investor_stem(name: str) -> str:
    """An investor's page: names that differ only in how they are written are one."""
    return f"investors/{file_name(name_key(name))}"


def fact_stem(fact_id: str) -> str:
    """A fact's page; the id names its first claim and never changes."""
    return f"facts/{file_name(fact_id)}"
