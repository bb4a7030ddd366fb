"""The day's message as a card for a chat or a mail: what is new on the watchlist, and which sources are in trouble.

Short enough for every service: under 1,000 characters (Telegram's captions), 3,500 bytes of UTF-8 (WeCom: 4,096).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.model import Company
from db.nouns.facts import Fact
from db.values import PartialDate
from reports.escaping import safe_url, shortened, terminal_text
from reports.facts.entries import Entry, entries
from reports.wording.labels import label
from reports.wording.values import ReportLanguage, date_text, status_text

MOST_CHARACTERS = 990
MOST_BYTES = 3500
_LONGEST_PART = 120
"""Characters of a phrase, a list of investors, a name."""
_LONGEST_URL = 200
"""A longer one is left out: cut, it would lead nowhere."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One source in trouble: `kind` is "silent", "failing" or "moved"; `detail` its rate, outcome or new address."""

    source: str
    kind: str
    since: date
    detail: str


@dataclass(frozen=True, slots=True)
class Card:
    """A title and plain text, one line each."""

    title: str
    body: str

    def fits(self) -> bool:
        """Whether every service takes it whole."""
        text = f"{self.title}\n{self.body}"
        return len(text) <= MOST_CHARACTERS and len(text.encode()) <= MOST_BYTES


def notice_card(
    day: date,
    facts: Sequence[Fact],
    companies: Mapping[str, Company],
    troubles: Sequence[Trouble],
    language: ReportLanguage,
) -> Card:
    """The card: as many facts as fit, the newest first, each with its status and source; at least a word of trouble.

    What does not fit is counted, with the command that shows it.
    """
    title = label(language, "notice", "title").format(date_text(PartialDate(day.isoformat()), language))
    told = [_fact(entry, language) for entry in reversed(entries(facts, companies, language))]
    alarms = [_trouble(trouble, language) for trouble in troubles]
    shown, alarmed = len(told), len(alarms)
    while True:
        card = Card(title, _body(told, shown, alarms, alarmed, day, language))
        if card.fits() or not (shown or alarmed):
            return card
        if alarmed > 3 or not shown:
            alarmed -= 1
        else:
            shown -= 1


def _body(
    told: Sequence[str], shown: int, alarms: Sequence[str], alarmed: int, day: date, language: ReportLanguage
) -> str:
    lines: list[str] = []
    if told:
        lines += [label(language, "notice", "facts"), *told[:shown]]
    if shown < len(told):
        lines.append(label(language, "notice", "more").format(len(told) - shown, day.isoformat()))
    if alarms:
        lines += [*([""] if lines else []), label(language, "notice", "alerts"), *alarms[:alarmed]]
    if alarmed < len(alarms):
        lines.append(label(language, "notice", "more_alerts").format(len(alarms) - alarmed))
    return "\n".join(lines)


def _fact(entry: Entry, language: ReportLanguage) -> str:
    quote = entry.quotes[0]
    url = safe_url(quote.url)
    line = label(language, "notice", "fact").format(
        company=_plain(entry.company),
        what=_plain(entry.what),
        who=label(language, "notice", "who").format(_plain(entry.who)) if entry.who else "",
        status=status_text(entry.status, language),
        outlet=_plain(quote.outlet or label(language, "timeline", "no_outlet")),
    )
    return f"• {line}" + (f"\n  {url}" if url and len(url) <= _LONGEST_URL else "")


def _trouble(trouble: Trouble, language: ReportLanguage) -> str:
    line = label(language, "notice", trouble.kind).format(
        source=_plain(trouble.source), since=trouble.since.isoformat(), detail=_plain(trouble.detail)
    )
    return f"• {line}"


def _plain(text: str) -> str:
    return shortened(terminal_text(text), _LONGEST_PART)
