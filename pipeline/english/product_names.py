"""The products an English sentence names: known ones, numbered ones, and names the text calls a tool."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.english.document import Document, Sentence
from pipeline.english.name_lists import places
from pipeline.english.parties import company_of, subject_company
from pipeline.english.patterns import any_of, gated
from pipeline.english.people import ROLE, people_in
from pipeline.matching.gated_pattern import GatedPattern, GatedTable
from pipeline.names.company_name import CompanyName
from pipeline.names.first_names import given_names
from pipeline.values.found import NameMention

_TABLE = "english_products"
_NO_PRODUCT = any_of(_TABLE, "no_product")
NO_NAME = any_of(_TABLE, "no_name")
_BROUGHT = gated(_TABLE, "brought")
_DESCRIBED = gated(_TABLE, "described")
_POSSESSED = gated(_TABLE, "possessed")
_OF_PRODUCT = any_of(_TABLE, "of_product")
_IT = any_of(_TABLE, "it")
_THE_THING = any_of(_TABLE, "the_thing")

_SUFFIX = r"(?:Alpha|Turbo|Pro|Plus|Mini|Lite|Max|HD|Flash|Fast|Ultra|Preview|Live|Studio|Cloud|Air|Edge|XL)"
THING = (
    r"(?:model|tool|app|service|generator|product|version|editor|platform|assistant|agent|feature|studio|successor"
    r"|engine"
    r"|system|avatar|upgrade|suite|sequel|API|plug-in|software|companion|flagship|edition|mode|workspace"
    r"|marketplace|bot|chatbot|channel|canvas|toolkit|extension|interface|player|feed)"
    r"\b(?! (?:lead|leader|chief|manager|head|director|officer|team|maker|designer|engineer|marketing))"
)
_PLURAL = THING.replace(r")\b(?!", r")s?\b(?!", 1)
_NUMBERED = GatedPattern(
    r"(?=[A-Z])(?<![\w.$€£-])(?!(?:With|In|On|At|By|And|But|The|Its|For|From|Of|To|After|Before|As|When|While|Since|Then"
    r"|Now|Today|That|This|Like|Unlike|Until|Last|Next|Also|Both|Each|Every|Meet|Introducing|New|Our|Their|An?) )"
    r"(?P<name>(?:[A-Z][A-Za-z]+ ){0,2}(?:[A-Z][A-Za-z]*[a-zA-Z][ -]?|[A-Z]-?)v?\d{1,2}(?:\.\d{1,2})?"
    rf"(?:-\d+B|B)?(?:[ -]{_SUFFIX})*)(?![\w%$]|\.\d| (?:million|billion|percent|people|%|years?|months?|days?|hours?))"
)
_CALLED = GatedPattern(
    rf"\b{_PLURAL},? (?:that it calls |called |named |dubbed |known as |it calls )(?P<name>[A-Z][\w.+-]*(?:"
    rf" [A-Z\d][\w.]*){{0,3}})"
)
_NAMED_BEHIND = GatedPattern(
    rf"\b(?:[Ii]ts|[Tt]heir|[Oo]ur|[Tt]he company['’]s|[Tt]he startup['’]s) (?:[\w-]+ ){{0,4}}?{_PLURAL}"
    rf"(?: for [a-z]+(?: [a-z]+)?)?, (?P<name>[A-Z][\w+-]*(?: [A-Z\d][\w.]*){{0,2}}),"
)
"""As in "Its app for photographers, Lotus Studio, closed"."""
_VERSION_BEHIND = GatedPattern(
    r"\b(?:[Aa]n?|[Tt]he|[Oo]ne|[Aa]nother) (?:[\w-]+ ){0,3}?(?:model|app|tool|version|plug-in|API|editor|generator"
    r"|feature|assistant|successor|sequel|upgrade|edition|mode)(?: (?:for|on|of) [a-z]+(?: [a-z]+)?)?,"
    r" (?P<name>[A-Z][\w+-]*(?: [A-Z\d][\w.]*){0,2}),(?! (?:said|says|which said|an? ))"
)
"""As in "A version for live news, Tidelight Dub Live, will be"."""
_APPOSED = GatedPattern(
    rf"(?<![\w-])(?P<name>[A-Z][\w+-]*(?: [A-Z\d][\w.]*){{0,2}}), (?:an?|its|the|which is an?|[A-Z][\w.&-]*['’]s?)"
    rf" (?:[\w-]+ ){{0,6}}?(?:{_PLURAL}|(?:family|set|line|series|range|pair) of (?:[\w-]+ ){{0,2}}?"
    r"(?:agents|models|tools|avatars))"
)
_BEHIND_THING = GatedPattern(
    rf"\b(?:[Ii]ts|[Aa]n?|[Tt]he|[Oo]ur|[Tt]heir|[Nn]ew|latest) (?:[\w-]+ ){{0,4}}?{THING},? (?P<name>[A-Z][\w+-]*(?:"
    rf" [A-Z\d][\w.]*){{0,2}})(?![\w’'])"
)
_BEFORE_THING = GatedPattern(
    rf"\b(?:[Ii]ts|[Aa]n?|[Tt]he|[Oo]ur|[Tt]heir|[Nn]ew|latest) (?:[a-z\d][\w-]* ){{0,2}}"
    rf"(?P<name>[A-Z][\w+-]*(?: [A-Z\d][\w.]*){{0,2}})"
    rf" (?:AI |video |image |world "
    rf"|mobile )?{THING}"
)

_OF_QUARTER = "(?:revenue|sales|results|earnings|figures|numbers|growth|loss|profit)"
_VERSION = re.compile(
    rf"(?:\.\d{{1,2}}(?:[ -]{_SUFFIX})*| AI(?=,| in | for |[.;]|$)|[ -]\d{{1,2}}B\b"
    rf"|[ -](?:[vV]|[A-Z](?!\d {_OF_QUARTER}))?\d{{1,2}}(?:\.\d{{1,2}})?(?:[ -]{_SUFFIX})*|(?: {_SUFFIX})+)"
    r"(?![\w%$]|\.\d| (?:million|billion|percent|people|companies|years?|months?|employees|investors))"
)


_OWNED = re.compile(
    r"['’]s? (?:(?:new|latest|own|next|first|current|flagship) ){0,2}(?P<name>[A-Z][\w+-]*[a-z\d][\w+-]*"
    r"(?: [A-Z\d][\w.]*){0,3})(?![\w’'-])"
)
"""As in "Hatstand's Director Mode"."""
_ITS_APP = re.compile(
    r" (?:(?:mobile|web|desktop|phone) )?(?:app|editor|tool|plug-in|bot|player|website|API|extension)\b"
)
"""As in "the Glyphlight editor"."""
_ARTICLE = re.compile(r"\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Oo]ur|[Aa]) \Z")
_SURE = (
    _NUMBERED, _CALLED, _NAMED_BEHIND, _VERSION_BEHIND, _APPOSED, _BEHIND_THING, _BEFORE_THING, _BROUGHT, _POSSESSED,
)  # fmt: skip
_NEW = GatedTable([*((each, False) for each in _SURE), (_DESCRIBED, True)])
"""How a sentence tells of a new product, and whether that counts only where it tells of none besides."""


class Product(NamedTuple):
    """A product as a sentence names it, and whose it is."""

    start: int
    end: int
    name: str
    owner: CompanyName


def products_in(sentence: Sentence, document: Document) -> list[Product]:
    """The products a sentence names, in order, none overlapping; worked out once a sentence."""
    if "products" not in sentence.noted:
        sentence.noted["products"] = _find_products(sentence, document)
    products: list[Product] = sentence.noted["products"]
    return products


def _find_products(sentence: Sentence, document: Document) -> list[Product]:
    text = sentence.text
    found: list[Product] = []
    for mention in sentence.mentions:
        owner = company_of(mention, document)
        if owner is None or mention.kind not in ("product", "company"):
            continue
        more = _thing(text, mention.end) if mention.kind == "product" else 0
        more = more or _version(text, mention.end) or (_own_name(text, mention.end) if mention.kind == "company" else 0)
        if more or mention.kind == "product":
            end = mention.end + more
            found.append(Product(mention.start, end, _singular(text[mention.start : end]), owner))
    found.extend(_of_company(sentence, document, found))
    for pattern, only_one in _NEW.possible(text):
        if only_one and found:
            break
        for match in pattern.finditer(text):
            owner = _owner(sentence, document, match.start("name"), match.end("name"))
            if owner is None or _clashes(sentence, match, found, owner):
                continue
            end = match.end("name") + _thing(text, match.end("name"))
            found.append(Product(match.start("name"), end, _singular(text[match.start("name") : end]), owner))
    return sorted(found)


def _of_company(sentence: Sentence, document: Document, told: list[Product]) -> Iterator[Product]:
    """What is named with its company: "Hatstand's Director Mode", "the Glyphlight editor"."""
    text = sentence.text
    for mention in sentence.mentions:
        owner = company_of(mention, document)
        if owner is None or mention.kind != "company" or any(each.start <= mention.start < each.end for each in told):
            continue
        match = _OWNED.match(text, mention.end)
        if match is not None and not _clashes(sentence, match, told, owner) and not _is_somebody(text, match):
            yield Product(match.start("name"), match.end("name"), match["name"], owner)
        thing = _ITS_APP.match(text, mention.end) if _ARTICLE.search(text[: mention.start][-6:]) else None
        if thing is not None:
            yield Product(mention.start, thing.end(), text[mention.start : thing.end()], owner)


def _is_somebody(text: str, match: re.Match[str]) -> bool:
    """Whether a company's possession is a person, or a place it has: "Runway's Jane Doe", "Luma's Paris office"."""
    name = match["name"]
    first = name.split()[0]
    return (
        first in given_names()
        or first in places()
        or ROLE.match(name) is not None
        or _NO_THING.search(name) is not None
        or bool(_NO_THING.match(text, match.end() + 1))
    )


_NO_THING = re.compile(
    r"\b(?:Series|Seed|Round|IPO|CEO|CTO|CFO|COO|Chief|President|Board|Office|Fund|Festival|Summit|Day|Studios?|Labs?"
    r"|Inc|Ltd|office|headquarters|round|deal|lawsuit|festival|staff|team|lab|fund|campus|chief|boss|investors?|users?)\b"
)


def with_thing(text: str, start: int, end: int) -> str:
    """A known product's name as the text gives it: "Sora app", "Veo 2"."""
    return _singular(text[start : end + (_thing(text, end) or _version(text, end))])


def _version(text: str, end: int) -> int:
    """How many characters of a version follow a name: " 3.0 Turbo", "-2B"."""
    match = _VERSION.match(text, end)
    return match.end() - end if match else 0


def _thing(text: str, end: int) -> int:
    """How many characters make a name that of an app or an API: "Sora app"."""
    match = re.match(r" (?:web and mobile )?apps?\b| API\b", text[end:])
    return match.end() if match else 0


def _singular(name: str) -> str:
    return re.sub(r" (?:web and mobile )?apps?\Z", " app", name)


def _own_name(text: str, end: int) -> int:
    """How many characters of a product's name follow a company's: " Cloud" behind "Maskmaker"."""
    match = re.match(r" (?:[A-Z][a-z]+)(?: [A-Z][a-z]+)?(?: \d{1,2}(?:\.\d)?B?)?(?![\w’'])", text[end:])
    return match.end() if match and not NO_NAME.match(match[0][1:]) and ROLE.match(match[0][1:]) is None else 0


def _owner(sentence: Sentence, document: Document, start: int, end: int) -> CompanyName | None:
    """Whose a newly named product is: "Luma AI's Ray 5", "Ray 5 by Luma AI", else who acts there, else the topic."""
    near: list[tuple[int, NameMention]] = []
    for mention in sentence.mentions:
        if mention.kind != "company":
            continue
        gap_before, gap_behind = sentence.text[mention.end : start], sentence.text[end : mention.start]
        if mention.end <= start and re.fullmatch(r"['’]s? (?:[\w-]+ ){0,5}", gap_before):
            near.append((start - mention.end, mention))
        elif mention.start >= end and re.fullmatch(
            r"[\w ,-]{0,60}?\b(?:from|by|of) (?:the )?(?:[\w-]+ ){0,4}?", gap_behind
        ):
            near.append((mention.start - end + 10, mention))
    if near:
        return company_of(min(near, key=lambda each: each[0])[1], document)
    statement = sentence.parsed.at(start)
    acting = subject_company(statement.subject, sentence, document) if statement is not None else None
    return acting or sentence.topic


def _clashes(sentence: Sentence, match: re.Match[str], found: list[Product], owner: CompanyName) -> bool:
    """Whether what is matched is a date, a person, a company, or told already."""
    start, end, name = match.start("name"), match.end("name"), match["name"]
    return (
        _NO_PRODUCT.match(name) is not None
        or (NO_NAME.match(name) is not None and match.re is not _DESCRIBED.pattern)
        or name == owner.name
        or name in places()
        or any(each.start < end and start < each.end for each in found)
        or any(each.start < end and start < each.end and each.kind != "product" for each in sentence.mentions)
        or any(each.start < end and start < each.end for each in sentence.dates)
        or any(each.start < end and start < each.end for each in sentence.money)
        or any(each.start < end and start < each.end for each in sentence.series)
        or (
            match.re is _BROUGHT.pattern
            and not _OF_PRODUCT.search(sentence.text[:start])
            and bool(people_in(sentence.text, start, end, []))
        )
    )


def product_told(sentence: Sentence, document: Document) -> Product | None:
    """What "It" that opens a sentence stands for where the one before, of the same paragraph, ends on a product."""
    match = _IT.match(sentence.text) or _THE_THING.match(sentence.text)
    if match is None:
        return None
    before = _sentence_before(sentence, document)
    named = products_in(before, document) if before is not None else []
    if not named or before is None:
        return None
    if match.re is not _THE_THING and len(before.text) - named[-1].end > _NEAR_END:
        return None
    return Product(0, match.end(), named[-1].name, named[-1].owner)


_NEAR_END = 40


def product_meant(sentence: Sentence, document: Document, place: int) -> Product | None:
    """What "it" behind a verb that brings something out means: the product told last, here or right before."""
    here = [each for each in products_in(sentence, document) if each.end <= place]
    if here:
        return here[-1]
    before = _sentence_before(sentence, document)
    named = products_in(before, document) if before is not None else []
    return named[-1] if len({each.name for each in named}) == 1 else None


def _sentence_before(sentence: Sentence, document: Document) -> Sentence | None:
    """The sentence right before in the same paragraph."""
    before = document.sentences[sentence.number - 1] if sentence.number else None
    same = before is not None and (before.where, before.paragraph) == (sentence.where, sentence.paragraph)
    return before if same and sentence.where == "text" else None
