"""Who buys whom in English, and for how much; sales that are only looked for, and those denied."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim, Status
from db.values import Money
from pipeline.claim_builder import make
from pipeline.document import CompanyName, Document, Sentence
from pipeline.english.acquisition_phrases import Deal, deals_in
from pipeline.english.clauses import Statement
from pipeline.english.deeds import Deed, deeds
from pipeline.english.money_roles import role_of
from pipeline.english.parties import Reference, company_of, is_company_itself, references, subject_company, weight
from pipeline.english.telling import chain, date_of, unrealised
from pipeline.gated_pattern import GatedPattern

_REACH = 90
_PART = re.compile(
    r"technology|assets?|intellectual|patents|models?|business|team|code|platform|app|company|remains"
    r"|operations|unit|software|stake\b"
)
_NOT_WHOLE = re.compile(
    r"\b(?:stake|shares|users|customers|licen[cs]es?|rights|chips|minority|million|billion|talent|staff"
    r"|data|credits|tickets|space|time|ads|advertising)\b|\d(?:%| per ?cent)"
)
_CONTROL = re.compile(r" (?:a |the )?(?:\w+ )?(?:majority|controlling) (?:stake|interest|share) (?:in|of)\b")
_NOUN = GatedPattern(
    r"(?<![\w&.-])(?P<buyer>[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,3})['’]s? (?:(?:\$[\d.]+[ -]?\w*"
    r"|[a-z-]+) ){0,3}(?:acquisition|takeover|purchase|buyout) of |\b(?:[Tt]he|[Aa]n"
    r"|[Ii]ts) (?:[\w$.-]+ ){0,3}(?:acquisition|takeover|purchase|buyout) of "
)
_LAST_NAME = re.compile(r"(?<![\w&.-])[A-Z][\w.&-]*(?: [A-Z][\w.&-]*)*\Z")
_TURNED_DOWN = GatedPattern(
    r"\b(?:turned (?:it|them|the (?:offer|approach|bid)|him|her) down|turned down|was (?:rejected|rebuffed"
    r"|spurned|turned down)|rejected (?:it|the)|rebuffed (?:it|the)|said no)\b"
)
_BY = re.compile(r"[^.;,]{0,40}?\bby (?:the )?(?P<name>[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,3})")
_TO = re.compile(
    r"[^.;]{0,60}?\bto (?:the |(?:(?:a|an|the) )?(?:[a-z-]+ ){1,4}?(?:group|firm|company|giant|fund|owner|rival"
    r"|maker),? )?(?P<name>[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,3})"
)


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """Acquisitions: the target is the company of the claim."""
    told: set[str] = set()
    for deal in deals_in(sentence, document):
        told.add(deal.target.key)
        yield _dealt(sentence, document, deal)
    for deed in deeds(sentence, "acquisition"):
        for target, acquirer, end in _deal(sentence, document, deed):
            if target.key not in told and (acquirer is None or acquirer != target.name):
                told.add(target.key)
                yield _claim(sentence, document, target, acquirer, deed, end)
    if not told:
        yield from _noun(sentence, document)
        yield from _talks(sentence, document)


def _dealt(sentence: Sentence, document: Document, deal: Deal) -> Claim:
    """The claim of a deal told around its parties' names."""
    status: Status | None = None
    if deal.kind in ("rumored", "denied"):
        denied = deal.kind == "denied" or unrealised(sentence, deal.start, deal.end) == "denied"
        status = "denied" if denied else "rumored"
    else:
        status = unrealised(sentence, deal.start, deal.end)
        if deal.kind == "agreed" and status == "rumored":
            status = None
    if status == "rumored" and _TURNED_DOWN.search(sentence.text[deal.start :]):
        status = "denied"
    return make(
        document,
        sentence,
        "acquisition",
        deal.target,
        (deal.start, deal.end),
        status=status,
        money=_price_behind(sentence, deal.end) or _price(sentence, deal.start),
        on=date_of(document, sentence, deal.end - 1) or date_of(document, sentence, deal.start),
        fields={"acquirer": deal.buyer},
    )


def _noun(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """As in "Nvidia's acquisition of Runway", "the takeover of Runway by Nvidia"."""
    match = _NOUN.search(sentence.text)
    if match is None:
        return
    target = next(
        (each for each in references(sentence, document) if match.end() <= each.start <= match.end() + 24), None
    )
    if target is None or not _is_whole(sentence, document, target):
        return
    by = re.match(r"[^.;]{0,40}?\bby (?P<name>[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,3})", sentence.text[target.end :])
    buyer = match["buyer"] or (by["name"] if by else None)
    named = _named_at(sentence, document, match.start("buyer")) if match["buyer"] else None
    if (named or buyer) == target.company.name:
        return
    status = unrealised(sentence, match.start(), target.end)
    if re.search(r"\b(?:planned|proposed|possible|potential|pending)\b", match[0]):
        status = status or "rumored"
    fields = {"acquirer": named or buyer}
    on = date_of(document, sentence, match.start())
    money = _price(sentence, match.start())
    yield make(
        document,
        sentence,
        "acquisition",
        target.company,
        (match.start(), target.end),
        status=status,
        money=money,
        on=on,
        fields=fields,
    )


def _talks(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """As in "HeyGen had held talks with Salesforce about a takeover": the lighter of the two would buy the other."""
    match = _ABOUT_SALE.search(sentence.text)
    subject = statement.subject if match and (statement := sentence.parsed.at(match.start())) else None
    company = subject_company(subject, sentence, document)
    if match is None or company is None:
        return
    named = next((each for each in references(sentence, document) if each.start == match.start("other")), None)
    if named is not None and weight(named.company) > weight(company):
        target, acquirer = named.company, company.name
    else:
        target, acquirer = company, named.company.name if named is not None else match["other"]
    status = unrealised(sentence, match.start(), match.end())
    denied = status == "denied" or re.search(r"\bno \Z", sentence.text[: match.start()]) or _ENDED.search(sentence.text)
    yield make(
        document,
        sentence,
        "acquisition",
        target,
        (subject.start if subject is not None else match.start(), match.end()),
        status="denied" if denied else "rumored",
        money=_price(sentence, match.start()),
        on=date_of(document, sentence, match.start()),
        fields={"acquirer": acquirer},
    )


_ABOUT_SALE = GatedPattern(
    r"\b(?:talks|discussions|negotiations) with (?P<other>[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,3}) "
    r"(?:about|over|on|regarding|for) (?:an? |the |its )?(?:\w+ )?(?:sale|takeover|acquisition|buyout"
    r"|being (?:bought|acquired)|buying (?:it|the company)|selling itself)\b"
)
_ENDED = GatedPattern(
    r"\b(?:talks|discussions|negotiations)\b[^.;]{0,80}\b(?:ended|collapsed|broke down|fell (?:through|apart)|failed)\b"
)


def _deal(sentence: Sentence, document: Document, deed: Deed) -> Iterator[tuple[CompanyName, str | None, int]]:
    statement = deed.statement
    if deed.kind == "buys" and not statement.verb.passive:
        yield from _bought(sentence, document, deed)
    elif deed.kind == "sells" and not statement.verb.passive and sentence.text[statement.verb.end : deed.end] == " ":
        return  # "sells to studios": its trade
    elif deed.kind == "buys" or (deed.kind == "sells" and statement.verb.passive):
        yield from _passive(sentence, document, deed)
    elif deed.kind == "offered":
        target = subject_company(statement.subject, sentence, document)
        if target is not None and _about_whole(sentence, statement):
            yield target, None, deed.end
    elif deed.kind == "sells":
        yield from _sold(sentence, document, deed)


def _bought(sentence: Sentence, document: Document, deed: Deed) -> Iterator[tuple[CompanyName, str | None, int]]:
    statement = deed.statement
    buyer = _buyer(sentence, document, statement)
    before = _bought_before(sentence, document, statement)
    if before is not None and buyer != before.company.name:
        yield before.company, buyer, deed.end
        return
    for each in references(sentence, document):
        if not deed.end <= each.start <= deed.end + _REACH or (
            each.start >= statement.stop and not _reduced(sentence, deed.end, each.start)
        ):
            continue
        gap = _CONTROL.sub("", sentence.text[deed.end : each.start])
        if _NOT_WHOLE.search(gap) or (
            re.search(r"[;:]|\b(?:from|for|with|by|to|after|as|and)\b", gap)
            and not re.search(r"\b(?:built|made|developed) by\b", gap)
        ):
            return
        if "," in gap and not each.named:
            return
        if buyer != each.company.name and _is_whole(sentence, document, each):
            yield each.company, buyer, each.end
        return


def _bought_before(sentence: Sentence, document: Document, statement: Statement) -> Reference | None:
    """What "the specialist it bought in February" speaks of: the words right before "it"."""
    subject = statement.subject
    if (
        subject is None
        or subject.refers is None
        or not re.match(r"[.,;]| (?:in|last|for|two|a|this)\b|$", sentence.text[statement.verb.end :])
    ):
        return None
    found = [each for each in references(sentence, document) if 0 <= subject.start - each.end <= 2]
    return found[-1] if found else None


def _reduced(sentence: Sentence, start: int, end: int) -> bool:
    """Whether only "built by" stands between: a participle that belongs to the thing bought."""
    return bool(re.search(r"\b(?:built|made|developed|run|owned|left|is left)\b", sentence.text[start:end]))


def _is_whole(sentence: Sentence, document: Document, each: Reference) -> bool:
    """Whether the company, or its product or technology, is bought: not "Runway's chips supplier"."""
    behind = re.match(r"['’]s(?: [\w-]+){1,4}", sentence.text[each.end :])
    if behind is None:
        return not re.match(
            r" (?:users|customers|shares|stock|licen[cs]es|subscriptions|credits)\b", sentence.text[each.end :]
        )
    return bool(_PART.search(behind[0]))


def _buyer(sentence: Sentence, document: Document, statement: Statement) -> str | None:
    subject = statement.subject
    if subject is None:
        return None
    if subject.refers is not None:
        said = _who_says(sentence, statement)
        if said is not None:
            return said
        company = subject_company(subject, sentence, document)
        return company.name if company else None
    for mention in subject.names:
        if mention.kind == "investor":
            return mention.name
        company = company_of(mention, document)
        if company is not None:
            return company.name
    written = sentence.text[subject.start : subject.end].split(",")[0]
    last = _LAST_NAME.search(written)
    if last is not None and subject.refers is None:
        return last[0]
    company = subject_company(subject, sentence, document) if is_company_itself(subject) else None
    return company.name if company else None


def _who_says(sentence: Sentence, statement: Statement) -> str | None:
    """Whom "it" means in "Figma said it had agreed to acquire", where we know no Figma."""
    for link in chain(sentence, statement)[1:]:
        subject = link.subject
        if subject is not None and subject.refers is None and not subject.names and not subject.owners:
            name = _LAST_NAME.search(sentence.text[subject.start : subject.end].split(",")[0])
            return name[0] if name is not None and name.start() == 0 else None
    return None


def _passive(sentence: Sentence, document: Document, deed: Deed) -> Iterator[tuple[CompanyName, str | None, int]]:
    statement = deed.statement
    target = subject_company(statement.subject, sentence, document)
    if target is None or statement.subject is None:
        return
    if not is_company_itself(statement.subject) and not _PART.search(
        sentence.text[statement.subject.start : statement.subject.end]
    ):
        return
    by = (_TO if deed.kind == "sells" else _BY).match(sentence.text, statement.verb.end)
    if by is None and deed.kind == "sells" and not is_company_itself(statement.subject):
        return
    if by is None and sentence.text[statement.verb.end : deed.end] == " ":
        return  # "is sold to brands"
    named = _named_at(sentence, document, by.start("name")) if by else None
    yield target, named or (by["name"] if by else None), by.end() if by else statement.verb.end


def _named_at(sentence: Sentence, document: Document, place: int) -> str | None:
    return next((each.company.name for each in references(sentence, document) if each.start <= place < each.end), None)


def _sold(sentence: Sentence, document: Document, deed: Deed) -> Iterator[tuple[CompanyName, str | None, int]]:
    """It sells itself or its model; its technology goes to somebody."""
    statement = deed.statement
    sold = _object_sold(sentence, document, deed)
    if sold is not None:
        yield sold
        return
    target = subject_company(statement.subject, sentence, document)
    if target is None or statement.subject is None:
        return
    whole = is_company_itself(statement.subject)
    if statement.verb.lemma == "go" and (
        not re.search(r" for [$€£]", sentence.text[deed.end :]) if whole else not _PART.search(statement.subject.head)
    ):
        return
    to = _TO.match(sentence.text, statement.verb.end)
    if statement.verb.lemma in ("go", "belong") and to is None:
        return
    named = _named_at(sentence, document, to.start("name")) if to else None
    yield target, named or (to["name"] if to else None), to.end() if to else deed.end


def _object_sold(sentence: Sentence, document: Document, deed: Deed) -> tuple[CompanyName, str | None, int] | None:
    """As in "The founders have sold the company to Wix", "sold an earlier startup, AI Factory, to Snap"."""
    statement = deed.statement
    if statement.verb.lemma != "sell":
        return None
    to = _TO.match(sentence.text, statement.verb.end)
    for each in references(sentence, document):
        if to is None or not statement.verb.end <= each.start < to.start("name"):
            continue
        if is_company_itself(statement.subject) and statement.subject is not None and not each.named:
            continue
        if re.search(
            r"\b(?:stake|shares|users|customers|rights|tickets|ads)\b", sentence.text[statement.verb.end : each.start]
        ):
            return None
        named = _named_at(sentence, document, to.start("name"))
        return each.company, named or to["name"], to.end()
    return None


def _about_whole(sentence: Sentence, statement: Statement) -> bool:
    """Whether the company is for sale, not its shares or software."""
    return is_company_itself(statement.subject) and not re.search(
        r"\b(?:secondary|shares|stake|employee)\b", sentence.text[statement.verb.end : statement.verb.end + 60]
    )


def _claim(
    sentence: Sentence, document: Document, target: CompanyName, acquirer: str | None, deed: Deed, end: int
) -> Claim:
    verb = deed.statement.verb
    status: Status | None = unrealised(sentence, verb.start, max(end, deed.end))
    if re.search(r"\b(?:agreed|agrees|agree) to\b", sentence.text[: verb.main][-40:]) and status != "denied":
        status = None
    if status == "rumored" and verb.group.strip() == "will" and unrealised(sentence, 0, 0) is None:
        status = None
    if deed.kind == "offered":
        status = status or "rumored"
        if re.search(r"\bnot\b", sentence.text[verb.start : deed.end]):
            status = "denied"
    elif status == "rumored" and _TURNED_DOWN.search(sentence.text[verb.end :]):
        status = "denied"
    elif verb.lemma in ("bid", "approach", "outbid", "offer"):
        status = "denied" if _TURNED_DOWN.search(sentence.text[verb.end :]) else status or "rumored"
    on = date_of(document, sentence, verb.main)
    subject = deed.statement.subject
    start = subject.start if subject is not None and subject.start < verb.start else verb.start
    fields = {"acquirer": acquirer}
    return make(
        document,
        sentence,
        "acquisition",
        target,
        (start, end),
        status=status,
        money=_price(sentence, verb.start),
        on=on,
        fields=fields,
    )


def _price_behind(sentence: Sentence, end: int) -> Money | None:
    """The sum right behind the deal: "... for about $300 million"."""
    for sum_ in sentence.money:
        if sum_.start >= end and not sum_.restates and _FOR.fullmatch(sentence.text[end : sum_.start]):
            return sum_.money
    return None


_FOR = re.compile(
    r"(?:,[^,.;]{2,60},)?,? (?:for|in a deal worth|in a deal valued at|in an? [\w-]+ deal worth|at a price of)"
    r"(?: (?:about|around|some|nearly|roughly|just over|more than|up to|a reported|an estimated|a total of))? ?"
)


def _price(sentence: Sentence, start: int) -> Money | None:
    """The sum that the words around it make the price: "for $50 million", "paid $50 million for"."""
    for sum_ in sentence.money:
        paid = re.search(
            r"\b(?:for|paid|pay|pays|paying|at)(?: about| around| some| nearly| roughly| just over| more than"
            r"| a reported| an estimated| a rumou?red| a total of)? \Z",
            sentence.text[: sum_.start],
        )
        role = role_of(sentence, sum_)
        if not sum_.restates and sum_.start > start - 60 and (role == "acquisition" or (role is None and paid)):
            return sum_.money
    return None
