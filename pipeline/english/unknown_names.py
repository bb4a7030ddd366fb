"""How English text introduces companies nobody has listed: names of candidates, precision first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache

from pipeline.english.list_items import head_of_item, labels
from pipeline.english.recurring_names import WHEN, ends_in_ai, recurring_names
from pipeline.led_pattern import LedPattern
from pipeline.lexicon_files import lexicon
from pipeline.occurrences import occurrences, places_of

_BEHIND_FIRST = r"[\w&.-]{0,30}[\w](?: (?:& )?(?:[A-Z][\w&.-]{0,30}[\w]|AI|\d{1,9})){0,2}"
_NAME = rf"(?P<name>[A-Z]{_BEHIND_FIRST})"
_WHOLE_NAME = rf"(?P<name>[A-Z](?<![\w’'.-][A-Z]){_BEHIND_FIRST})"
"""What is not before the name is asked behind its first letter: `re` then goes from capital to capital."""
_PERSON = (
    r"(?P<name>[A-Z](?<![\w’'-][A-Z])(?:[\w’'-]+|\.)(?: (?:[A-Z]\.|de|da|del|dos|van|von|der|den|bin|al|la|ten)){0,2}"
    r"(?: [A-Z][\w’'.-]+){1,2})"
)
_OTHER_TRADE = r"(?<!elecoms )(?<!media )(?<!quity )(?<!nvestment )(?<!enture )(?<!etail )(?<!dvertising )(?<!uxury )"
"""What stands before "group Orange" where it is of another trade."""
_BLANK_LINES = re.compile(r"\n{2,}")
_START = r"(?:\n ?|[.:;!?] |“|\" |— ?|\b(?:and |but |while |as |that |when |after |before |said ))"


_PLACE = r"(?:(?P<place>[A-Z]\w+(?: [A-Z]\w+)?)['’]s )?"
"""As in "Lisbon's Brightloom": a place, or the name is none."""
_TRADES = (
    "makes?|builds?|develops?|sells?|trains?|generates?|turns?|animates?|dubs?|creates?|produces?|designs?|automates?"
    "|lets|helps|provides?|supplies|films|edits?|clones?|translates?"
)
"""What a company does, behind "which": of people it is told with "who"."""
_FULL = r"[A-Z][\w’'-]+ [A-Z][\w’'-]+"
_A_PLACE = r"(?P<place>[A-Z]\w+(?: [A-Z]\w+)?)"


def unknown_names(whole: str, known: Collection[str] = ()) -> Iterator[str]:
    """Names that a text introduces as companies' names; `known` are those it calls somebody we know by."""
    stop, places = _any_word("stop_en"), _any_word("cities_en", "lands_en")
    no_name, no_end = _any_word("stop_en", "crowds_en", "cities_en", "lands_en"), stop | _other_trades()
    sure: dict[str, None] = {}
    doubtful: dict[str, None] = {}
    whole = _BLANK_LINES.sub("\n", whole)
    lines = f"\n{whole.lstrip()}"  # the first line begins as the others do
    for pattern, again in _patterns():
        for match in pattern.finditer(lines):
            place = match.groupdict().get("place")
            if place is not None and place not in places and place != match["name"]:
                continue
            words = WHEN.sub("", match["name"].rstrip(".")).split()
            if " ".join(words) in places:
                continue
            while words and _is_lead(words, stop):
                words = words[1:]
            name = " ".join(words)
            ends_well = words and (words[-1] not in no_end or ends_in_ai(words, stop))
            if ends_well and name not in no_name and name not in known and not _no_company().search(name):
                (doubtful if again else sure)[name] = None
    labelled = labels(whole)
    for line in whole.split("\n"):
        head = head_of_item(line, labelled)
        if head is not None and not _no_company().search(line[slice(*head)]):
            told = line[slice(*head)] in labelled or _DEAL.search(line, head[1]) or _is_at_home(line, head[1])
            (sure if told else doubtful)[line[slice(*head)]] = None
    things = {match["name"] for match in _things().finditer(whole)}
    people = {*things, *_people(whole, {name for name in (*sure, *doubtful) if " " not in name})}
    openers = _any_word("stop_en", "crowds_en", "labels_en")
    for name in recurring_names(whole, places.union(known), people, openers):
        if name.split()[-1] not in _other_trades() and not _no_company().search(name):
            sure.setdefault(name)
    used = Counter(name for _, _, name in occurrences(whole, doubtful))
    yield from (name for name in sure if name not in people)
    yield from (name for name in doubtful if name not in sure and name not in people and used[name] > 1)


def _is_at_home(line: str, end: int) -> bool:
    """Whether a city in brackets follows a name: "5. Vozes (Porto)."."""
    match = _IN_CITY.match(line, end)
    return match is not None and match["city"] in _any_word("cities_en")


_IN_CITY = re.compile(r" \((?P<city>[A-Z][\w’'-]+(?: [A-Z]\w+)*)\)")


def _is_lead(words: list[str], stop: frozenset[str]) -> bool:
    """Whether a name's first word only leads to it: "2023", "Lyon-based", "The"; "AI Pika" begins with its own."""
    return (
        words[0].isdigit()
        or words[0].endswith(("-based", "-backed", "-owned", "-founded"))
        or (words[0] in stop and (words[0] != "AI" or len(words) != 2))
    )


_DEAL = re.compile(r"[$€£¥]\d|\b(?:[A-Z]{3} \d|million|seed|Series [A-H]|round|raised|launched|acquired|bought)\b")
"""What makes the name that begins a line of a list a company's."""


def people_among(whole: str, words: Collection[str]) -> frozenset[str]:
    """The persons' names of a text, whole and last, and which of some words it tells of as such."""
    return frozenset(_people(whole, words))


def _people(whole: str, asked: Collection[str]) -> Iterator[str]:
    """Names that an apposition or a role makes a person's, and their last names.

    Of those `asked`, also the last word of a name told in full elsewhere ("Amit Jain"), or its first where that is a
    family name ("Tang Jiayu").
    """
    stop, families = _any_word("stop_en"), _any_word("surnames_en")
    for name in asked:
        for place in places_of(whole, f" {name}"):
            if _GOES_ON.match(whole, place + len(name) + 1):
                continue
            before = _FIRST_NAME.search(whole, max(0, place - 30), place)
            if before is not None and before[0] not in stop and _told_as_person(whole, name):
                yield name
                break
        if name in families and re.search(rf"{re.escape(name)} [A-Z][a-z]+(?![\w&-])", whole):
            yield name
    for pattern in _person_patterns():
        for match in pattern.finditer(whole):
            yield match["name"]
            yield match["name"].split()[-1]


@cache
def _person_patterns() -> tuple[re.Pattern[str] | LedPattern, ...]:
    roles = "|".join(
        word
        for word in dict.fromkeys(
            [*_words("people_en"), *_words("roles_en"), "director", "Mr", "Ms", "Dr", "Professor"]
        )
        if word not in ("maker", "owner", "parent")  # companies are
    )
    return (
        re.compile(
            rf"{_PERSON}, (?:(?:a|an|the|its|his|her|their|who|one|formerly|then|now|former)\b"
            rf"|[A-Z]\w+['’]s)[^.;,]{{0,60}}?\b(?:{roles})\b"
        ),
        LedPattern(rf"\b(?:{roles}),? {_PERSON}"),
        re.compile(rf"{_PERSON}, (?:who|a former)\b"),
        re.compile(rf"{_PERSON} (?:is|was|became|remains|has been|will be) (?:[\w'’-]+ ){{0,4}}?(?:{roles})\b"),
        re.compile(
            rf"{_PERSON},? (?:who )?(?:(?:co-?founded|founded|resigned|quit|recalls?|grew up|stepped (?:down|aside)"
            r"|spoke|sat down|told (?:us|me)|answered (?:our|my)) |(?:runs?|ran|heads?|headed|chairs?|chaired) [A-Z])"
        ),
        LedPattern(
            rf"\b(?:questions (?:for|to)|(?:interview|conversation|talk|Q&A|coffee|lunch) with|[Ii]nterview:"
            rf"|(?:founded|started|set up|created|run|headed|chaired) by|(?:[Ff]ounded|[Ss]tarted|[Ss]et up|Created"
            rf"|Built)"
            rf"(?: in (?:[A-Z][a-z]+ )?\d{{4}})? by) {_PERSON}"
        ),
    )


_GOES_ON = re.compile(r"[\w&-]")
_FIRST_NAME = re.compile(
    r"(?<![\w&.'’-])(?!\S+-(?:based|backed|owned|founded)\b|\w+(?:ese|ish|ean|ian|ch) ?\Z|Startup|AI)[A-Z][\w’-]+\Z"
)
"""What may be a first name; "Chinese" before "Haiper" is none."""


def _told_as_person(whole: str, name: str) -> bool:
    """Whether nothing says that a name is a company's: no "Jain raised $5 million", no "at Jain"."""
    return not re.search(
        rf"\b(?:startup|company|firm|maker|of|at|into|in|by) {re.escape(name)}\b"
        rf"|\b{re.escape(name)} (?:raise[sd]|closed|secured|has raised|makes|develops|was founded|is raising"
        r"|laid off)\b",
        whole,
    )


@cache
def _things() -> LedPattern:
    """Names of what is brought out: "announced the general availability of Scenekeeper, a video model that"."""
    nouns = "|".join(_words("nouns_en"))
    return LedPattern(
        r"\b(?:launch(?:es|ed|ing)|unveil(?:s|ed|ing)|introduc(?:es|ed|ing)|releas(?:es|ed|ing)|debut(?:s|ed|ing)"
        r"|(?:availability|launch|release|debut) of) "
        rf"{_NAME}, (?:a|an|its|the) (?!(?:[\w-]+ ){{0,6}}?(?:{nouns})\b)(?:[\w-]+ ){{0,5}}?"
        r"(?i:models?|engine|tool|app|generator|editor|feature|service|suite|assistant|agent)\b"
    )


def _words(kind: str) -> list[str]:
    words: list[str] = lexicon("pipeline.lexicon", "unknown_names")[kind]
    return words


@cache
def _any_word(*kinds: str) -> frozenset[str]:
    return frozenset(word for kind in kinds for word in _words(kind))


@cache
def _other_trades() -> frozenset[str]:
    """The last words of names that are of another trade: "Luma Health"."""
    return frozenset(lexicon("pipeline.lexicon", "names")["not_before"])


@cache
def _no_company() -> re.Pattern[str]:
    """Names of funds, papers and places."""
    return re.compile(lexicon("pipeline.lexicon", "unknown_names")["no_company_en"])


@cache
def _patterns() -> tuple[tuple[re.Pattern[str] | LedPattern, bool], ...]:
    """(how a text introduces a company, whether the name must be used again to count)."""
    nouns, verbs, doing = "|".join(_words("nouns_en")), "|".join(_words("verbs_en")), "|".join(_words("doing_en"))
    people, cities = "|".join(_words("people_en")), "|".join(_words("cities_en"))
    chiefs = "|".join(role for role in _words("roles_en") if role != "maker")  # what somebody makes is no company
    aside = (
        r"(?: \([^)]{1,30}\)(?=,))?(?: of (?:[A-Z]\w+ ?){1,2})?"
        r"(?: \([^)]{1,30}\)|, (?:a|an|the|which|whose|formerly|one"
        r"|now|once|based|founded|started|set up|better known|also known|known)\b[^.;\n]{2,110}?,|)"
    )
    no_person = rf"(?![^,.;]{{0,70}}?\b(?:{people})s?\b)"
    not_said = (
        rf"(?!the (?:{nouns}) (?:said|says|told|announced|confirmed|wrote|added|reported|disclosed)\b"
        rf"|which (?:the|this|its) (?:{nouns})\b)"
    )
    part = "seed|valuation|round|funding|investors|backers|employees|staff|users|customers|app|models?|shutdown|layoffs"
    buying = (
        "acquires?|acquired|acquiring|buys?|bought|acquisition of|takeover of|purchase of|invested in|stake in|backs"
    )
    follows = r"(?=[,.;:)]|['’]s| \(|$| [a-z])"
    sure = (
        LedPattern(rf"{_OTHER_TRADE}\b(?:{nouns}),? (?:called |named )?{_NAME}{follows}"),
        LedPattern(rf"\b(?:Rival|Competitor|Startup|Start-up|Newcomer|Upstart|Challenger) {_NAME}{follows}"),
        re.compile(
            rf"{_WHOLE_NAME}(?: \([^)]{{1,30}}\))?, {not_said}(?:a|an|the|which"
            rf"|one of the)\b{no_person}[^,.;]{{0,70}}?\b(?:{nouns})\b(?!['’]s| (?:arm|fund|capital|investor)\b)"
        ),
        LedPattern(
            rf"{_START}{_PLACE}{_NAME}{aside} "
            rf"(?:(?:also|now|recently|today|reportedly|quietly|then) )?(?:{verbs})\b"
        ),
        LedPattern(
            rf"{_START}{_PLACE}{_NAME}{aside} (?:took|takes|got|gets|has taken)(?: in)?"
            r" (?:about |around |some |nearly |over |another )?[$€£]"
        ),
        LedPattern(rf"\b(?:founded|co-founded|started|set up) {_NAME}(?=,| (?:in (?:a |an |the |\d)|with|as)\b)"),
        re.compile(
            rf"(?P<name>[A-Z](?<![\w’'.-][A-Z])\w+), (?:from|of|based in) {_A_PLACE}, (?!said|says|who\b)[a-z]+s\b"
        ),
        re.compile(
            rf"{_WHOLE_NAME} of (?P<place>{cities}),? (?:has |have )?(?:named|appointed|hired|raised|launched|bought"
            r"|acquired|laid off|closed|signed|secured|released)\b"
        ),
        LedPattern(
            rf"{_START}{_NAME} (?:co-?founder|founder|CEO|CTO|chief executive|boss)(?: and (?:CEO|CTO))? {_FULL}"
            r" (?:has |have |is |will )?(?:quit|left|resigned|leave|leaving|stepped|stepping|step|departed|departing)\b"
        ),
        LedPattern(rf"\b(?P<place>{cities})['’]s {_NAME}{aside} (?:{verbs}|said|says)\b"),
        re.compile(
            rf"{_WHOLE_NAME}, whose (?:[a-z-]+ )?(?:software|technology|models?|apps?|tools?|platform|system"
            rf"|avatars) [a-z]+"
        ),
        re.compile(rf"{_WHOLE_NAME}, (?:which|whose [\w-]+(?: [\w-]+)?) (?:{_TRADES})\b"),
    )
    doubtful = (
        LedPattern(rf"{_START}{_NAME}{aside} (?:(?:also|now|recently) )?(?:{doing})\b"),
        LedPattern(rf"\b(?:{chiefs}) (?:and (?:[\w-]+ )?(?:{chiefs}) )?of {_NAME}"),
        LedPattern(rf"\b(?:{buying}) {_NAME}"),
        re.compile(rf"{_WHOLE_NAME}['’]s (?:Series [A-K]|co-?founders?|founders?|chief executive|CEO|{part})\b"),
        re.compile(rf"[A-Z](?<=\b[A-Z])[\w’'-]+ [A-Z][\w’'-]+ of {_NAME}(?=\n|\Z)"),
    )
    return (*((each, False) for each in sure), *((each, True) for each in doubtful))
