"""What a site wants its texts to be used for: Content-Signal in robots.txt, and the reservation of text mining."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawlers.bot import NAME
from crawlers.manners.robots_rules import LARGEST

_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#]*)")
_SIGNAL = re.compile(r"\s*([a-z-]+)\s*=\s*(yes|no)\s*", re.IGNORECASE)
_RESERVED = re.compile(
    rb"<meta\s(?=[^<>]*name\s*=\s*[\"']?tdm-reservation[\"'\s])(?=[^<>]*content\s*=\s*[\"']?1[\"'\s/>])", re.IGNORECASE
)
_HEAD = 100_000


@dataclass(frozen=True, slots=True)
class UsageWishes:
    """None: the site says nothing about it.

    `search` covers an index, a link and an excerpt: where it is False, headline and link are all that is kept.
    `ai_input` covers handing the text to a model: where it is False, none is asked about it.
    """

    search: bool | None = None
    ai_input: bool | None = None


NO_WISHES = UsageWishes()


def wishes_of_robots_txt(status: int, body: bytes) -> UsageWishes:
    """The Content-Signal (contentsignals.org) of our group, or of everybody's where none is for us."""
    if status != 200:
        return NO_WISHES
    ours: dict[str, dict[str, bool]] = {}
    agents: list[str] = ["*"]
    naming = False
    for line in body[:LARGEST].decode("utf-8-sig", "replace").splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        name, value = match[1].lower(), match[2].strip()
        if name == "user-agent":
            agents = [*agents, value.lower()] if naming else [value.lower()]
        elif name == "content-signal":
            for agent in agents:
                ours.setdefault(agent, {}).update(_signals(value))
        naming = name == "user-agent"
    said = ours.get(NAME.lower(), ours.get("*", {}))
    return UsageWishes(said.get("search"), said.get("ai-input"))


def _signals(value: str) -> dict[str, bool]:
    found = (_SIGNAL.fullmatch(part) for part in value.split(","))
    return {match[1].lower(): match[2].lower() == "yes" for match in found if match}


def is_reserved(headers: Iterable[tuple[str, str]], body: bytes) -> bool:
    """Whether a page reserves text and data mining (www.w3.org/2022/tdmrep; Art. 4(3) of directive EU 2019/790)."""
    stated = [value.strip() for name, value in headers if name.lower() == "tdm-reservation"]
    return "1" in stated or _RESERVED.search(body[:_HEAD]) is not None


def may_be_sent(wishes: UsageWishes, headers: Sequence[tuple[str, str]], body: bytes) -> bool:
    """Whether a text may be handed to a language model."""
    return wishes.ai_input is not False and wishes.search is not False and not is_reserved(headers, body)
