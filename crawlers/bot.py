"""Who the bot says it is: its name, version, page and, where the operator gave one, e-mail address."""

from __future__ import annotations

import re
from importlib.metadata import version

PROJECT_PAGE = "https://dailies.example/bot"
"""The page about the bot (docs/bot.md, published): whoever runs Dailies puts the real address here."""
NAME = "DailiesBot"
"""Also the token by which a robots.txt calls us (RFC 9309 2.2.1): letters only."""
CONTACT_VARIABLE = "DAILIES_CONTACT"
_E_MAIL = re.compile(r"[^@\s<>(),;:\\\"\[\]]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")


class UnusableContact(Exception):
    """The operator's contact is no e-mail address."""


def user_agent(contact: str | None) -> str:
    """The User-Agent header (RFC 9110 10.1.5). Raises UnusableContact."""
    said = f"; {checked_contact(contact)}" if contact else ""
    return f"{NAME}/{version('dailies')} (+{PROJECT_PAGE}{said})"


def checked_contact(contact: str) -> str:
    """The contact, if it is an e-mail address and nothing else. Raises UnusableContact."""
    if not _E_MAIL.fullmatch(contact):
        raise UnusableContact(f"{CONTACT_VARIABLE} is {contact!r}, which is no e-mail address; set one, or unset it")
    return contact
