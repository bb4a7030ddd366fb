"""What a statement of an English text brings out: its object, or, where products arrive, its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.english.deeds import Deed
from pipeline.english.document import Document, Sentence
from pipeline.english.new_products import (
    BEFORE_THING,
    NAMED,
    NUMBERED,
    OWN,
    REACH,
    THING,
    WORD,
    is_product_name,
    new_name,
)
from pipeline.english.parties import company_of, subject_company
from pipeline.english.patterns import any_of
from pipeline.english.product_names import Product, product_meant, products_in, with_thing
from pipeline.names.company_name import CompanyName

_MAKER = any_of("english_products", "maker_of")
_APPOSED = re.compile(
    rf"(?P<name>(?:{WORD})(?: (?:{WORD})){{0,2}}), (?:its|the company['’]s|the startup['’]s|[A-Z]\w+['’]s|the) "
    rf"[\w -]{{0,40}}\b(?:{THING}),? (?:which |that )?\Z"
)


def come_out(sentence: Sentence, document: Document, deed: Deed) -> Iterator[Product]:
    """The products a statement brings out: its object, or, where it arrives or is released, its subject."""
    statement, text = deed.statement, sentence.text
    verb = statement.verb
    if verb.passive or statement.reduced or _intransitive(text, deed):
        product = _subject_product(sentence, document, deed)
        if product is not None:
            yield product
            return
        if verb.lemma in ("leave", "go", "enter", "follow") or verb.passive:
            return
    antecedent = _relative_object(sentence, document, deed)
    if antecedent is not None:
        yield antecedent
        return
    yield from _object_products(sentence, document, deed, object_stop(sentence, deed))


def _relative_object(sentence: Sentence, document: Document, deed: Deed) -> Product | None:
    """As in "the Sora app, which OpenAI released in September"."""
    subject, text = deed.statement.subject, sentence.text
    if subject is None or subject.end > deed.start:
        return None
    relative = re.search(r"(?: app| model| tool)?,? (?:which|that) \Z|(?<=[a-z0-9]) \Z", text[: subject.start])
    if relative is None or not re.match(
        r"(?:[.,;]|$| (?:in|on|last|this|earlier|two|three|a|to|for|with)\b)", text[deed.end :]
    ):
        return None
    apposed = re.search(r",? (?:the|a|an|its) [\w -]{2,30}\Z", text[: relative.start()])
    product = _just_before(sentence, document, relative.start()) or (
        _just_before(sentence, document, apposed.start()) if apposed is not None else None
    )
    return product and product._replace(
        end=product.end, name=with_thing(text, product.start, product.start + len(product.name))
    )


def _intransitive(text: str, deed: Deed) -> bool:
    if deed.statement.verb.lemma in (
        "arrive",
        "debut",
        "land",
        "be",
        "become",
        "go",
        "come",
        "launch",
        "enter",
        "leave",
        "appear",
        "hit",
        "ship",
        "premiere",
        "open",
        "follow",
    ):
        return bool(
            re.match(
                r"(?:[.,;)]|$| (?:in|on|at|to|for|last|this|next|today|yesterday|earlier|later|as|with|by"
                r"|and|early|late|alongside|months?|weeks?|a year|two|three|first|globally|worldwide"
                r"|publicly|into|it\b)\b)",
                text[deed.end :],
            )
        ) or deed.statement.verb.lemma in ("be", "become", "go", "leave", "enter", "come")
    return False


def _subject_product(sentence: Sentence, document: Document, deed: Deed) -> Product | None:
    """The product that arrives: named in the subject, or apposed to it ("Its current flagship, Ray3, arrived")."""
    statement, text = deed.statement, sentence.text
    if statement.relative or statement.reduced:
        before = _just_before(sentence, document, statement.verb.start)
        if before is not None:
            return before
        apposed_before = _APPOSED.search(text, max(0, statement.verb.start - 120), statement.verb.start)
        told = subject_company(statement.subject, sentence, document) or sentence.topic
        if (
            apposed_before is not None
            and told is not None
            and is_product_name(sentence, apposed_before.start("name"), apposed_before.end("name"), told)
        ):
            return Product(apposed_before.start("name"), apposed_before.end("name"), apposed_before["name"], told)
    subject = statement.subject
    if subject is None:
        return None
    for mention in sentence.mentions:
        owner = company_of(mention, document)
        if mention.kind == "company" and owner is not None and subject.start <= mention.start < subject.end:
            parent = _parent(owner)
            if parent is not None and (
                statement.verb.passive or any(each.key == parent.key for each in subject.owners)
            ):
                return Product(mention.start, mention.end, text[mention.start : mention.end], parent)
        if mention.kind == "product" and owner is not None and subject.start <= mention.start < subject.end:
            gap = text[subject.start : mention.start]
            if not re.search(r"\b(?:behind|of|with|by|from|than|like)\b", gap):
                return Product(mention.start, mention.end, with_thing(text, mention.start, mention.end), owner)
    written = text[subject.start : subject.end]
    if _MAKER.match(written):
        return None
    match = NAMED.search(written) or BEFORE_THING.match(written) or OWN.match(written) or NUMBERED.match(written)
    apposed = re.search(rf", (?P<name>(?:{WORD})(?: (?:{WORD})){{0,2}}),?\Z", written.rstrip())
    name = apposed or match
    if name is None:
        return None
    group = "called" if name is match and name.re is NAMED and name["called"] else "name"
    owner = subject_company(subject, sentence, document) or sentence.topic
    if owner is None or not is_product_name(
        sentence, subject.start + name.start(group), subject.start + name.end(group), owner
    ):
        return None
    return Product(subject.start + name.start(group), subject.start + name.end(group), name[group], owner)


def _just_before(sentence: Sentence, document: Document, place: int) -> Product | None:
    """As in "with Dream Machine, released in June": the product the participle follows."""
    for product in reversed(products_in(sentence, document)):
        if product.end <= place and _BESIDE_IT.fullmatch(sentence.text, product.end, place):
            return product
    return None


_BESIDE_IT = re.compile(
    r"(?: (?:AI |video |image |world )?(?:models?|app|tool|generator|service|system|editor|family|feature|version))?"
    r"(?:,? (?:which|that|who|was|is|were|are|first|and))*,? ?"
)


def object_stop(sentence: Sentence, deed: Deed) -> int:
    """The object ends where the next statement with its own subject begins."""
    stop = min(len(sentence.text), deed.end + REACH + 20)
    for other in sentence.parsed.statements:
        if other.verb.start >= deed.end and (not other.verb.bare or other.verb.form == "s"):
            begin = (
                other.subject.start
                if other.subject is not None and other.subject.start > deed.end
                else other.verb.start
            )
            stop = min(stop, max(begin, deed.end))
            if other.relative:
                stop = min(stop, other.verb.start)
            break
    return stop


def _object_products(sentence: Sentence, document: Document, deed: Deed, stop: int) -> list[Product]:
    text = sentence.text
    verb = deed.statement.verb
    if verb.passive:
        return []
    start = verb.end
    if verb.lemma != "follow" and _THEM.match(text, start):
        meant = _it(sentence, document, deed)
        return [meant] if meant is not None else []
    acting = subject_company(deed.statement.subject, sentence, document)
    found: list[Product] = []
    for mention in sentence.mentions:
        owner = company_of(mention, document)
        if (
            mention.kind == "product"
            and owner is not None
            and start <= mention.start < min(len(text), max(stop, start + 60))
            and mention.start - start <= REACH
        ):
            gap = text[start : mention.start]
            if verb.lemma == "follow" and _WITH.match(text, mention.end):
                continue  # "followed Gen-3 with Gen-4"
            if _verb_between(sentence, start, mention.start) or (
                re.search(
                    r"[;:]|\b(?:based on|built on|powered by|from|than|like|behind|as well as|to|for|after"
                    r"|within|inside|with)\b",
                    gap,
                )
                and verb.lemma != "follow"
            ):
                continue
            if acting is not None and acting.key != owner.key and document.names and not _same_house(acting, owner):
                continue
            if found and gap.count(",") and not re.search(r"(?:,| and) \Z|, (?:its|the|a) ", gap):
                continue
            found.append(Product(mention.start, mention.end, with_thing(text, mention.start, mention.end), owner))
    if found:
        return found
    house = _own_house(sentence, document, deed, acting)
    if house is not None:
        return [house]
    named = new_name(sentence, document, deed, stop)
    return [named, *_and_another(sentence, named)] if named is not None else []


def _and_another(sentence: Sentence, first: Product) -> Iterator[Product]:
    """A second new name behind the first: "released Reel 2 and Castlight Mini on Monday"."""
    match = _ANOTHER.match(sentence.text, first.end)
    if match is not None and is_product_name(sentence, match.start("name"), match.end("name"), first.owner):
        yield Product(match.start("name"), match.end("name"), match["name"], first.owner)


_ANOTHER = re.compile(
    rf"(?: and|, along with|,? as well as) (?:its |the )?(?P<name>(?:{WORD})(?: (?:{WORD})){{0,2}})"
    r"(?=[.,;]|$| (?:on|in|last|this|today|yesterday|for|to|at)\b)"
)


def _own_house(sentence: Sentence, document: Document, deed: Deed, acting: CompanyName | None) -> Product | None:
    """A name that is a company's and its product's: Kuaishou's Kling."""
    for mention in sentence.mentions:
        company = company_of(mention, document)
        if acting is None or company is None or mention.kind != "company":
            continue
        own = company.key == acting.key and re.search(
            r"(?:beta|preview|version|test) of \Z", sentence.text[: mention.start]
        )
        if not own and not _same_house(acting, company):
            continue
        if deed.statement.verb.end <= mention.start <= deed.statement.verb.end + REACH and not _verb_between(
            sentence, deed.statement.verb.end, mention.start
        ):
            name = with_thing(sentence.text, mention.start, mention.end)
            return Product(mention.start, mention.start + len(name), name, acting)
    return None


_WITH = re.compile(r"(?: up)? with\b")
_THEM = re.compile(r" (?:it|them)\b")


def houses_in(sentence: Sentence, document: Document) -> Iterator[Product]:
    """Companies that are also a product of one the sentence names or is about: Kuaishou's Kling."""
    keys = {mention.key for mention in sentence.mentions if mention.kind == "company"}
    if sentence.topic is not None:
        keys.add(sentence.topic.key)
    for mention in sentence.mentions:
        company = company_of(mention, document) if mention.kind == "company" else None
        parent = _parent(company) if company is not None else None
        if parent is not None and parent.key in keys:
            yield Product(mention.start, mention.end, sentence.text[mention.start : mention.end], parent)


def _it(sentence: Sentence, document: Document, deed: Deed) -> Product | None:
    """As in "OpenAI showed Sora in February and opened it to subscribers in December"."""
    verb = deed.statement.verb
    meant = product_meant(sentence, document, verb.start)
    return meant._replace(start=verb.end + 1, end=verb.end + 3) if meant is not None else None


def _verb_between(sentence: Sentence, start: int, end: int) -> bool:
    return any(
        start < each.verb.main < end
        and (not each.verb.bare or sentence.text[start : each.verb.main].endswith((" and ", ", ")))
        for each in sentence.parsed.statements
    )


def _same_house(one: CompanyName, other: CompanyName) -> bool:
    from db.knowledge.curated import load_knowledge

    parents = {company.key: company.parent for company in load_knowledge().companies}
    return parents.get(one.key) == other.key or parents.get(other.key) == one.key


def _parent(company: CompanyName) -> CompanyName | None:
    """The company whose product also stands for itself: Kuaishou for Kling."""
    from db.knowledge.curated import load_knowledge

    known = {each.key: each for each in load_knowledge().companies}
    key = known[company.key].parent if company.key in known else None
    return CompanyName(key, known[key].name, True) if key in known else None
