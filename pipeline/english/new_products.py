"""Products nobody has listed, as an English statement that brings them out names them: "its first video model, V1"."""

from __future__ import annotations

import re

from pipeline.english.deeds import Deed
from pipeline.english.document import Document, Sentence
from pipeline.english.parties import subject_company
from pipeline.english.patterns import any_of
from pipeline.english.payees import party_at
from pipeline.english.product_names import NO_NAME, Product
from pipeline.english.verb_forms import words
from pipeline.names.company_name import CompanyName

_TABLE = "english_products"
NUMBERED = any_of(_TABLE, "numbered")
_NOT_LAUNCH = any_of(_TABLE, "not_launch")

REACH = 70
WORD = r"[A-Z][\w.+-]*[\w+]|[A-Z]|\d+(?:\.\d+)?"
THING = (
    r"model|models|tool|app|service|generator|product|version|editor|platform|assistant|agent|feature"
    r"|studio|successor|engine|system|world model|avatar|avatars|upgrade|family|suite|sequel|line|API"
    r"|plug-in|software|companion|flagship"
)
NAMED = re.compile(
    rf"\b(?:{THING})s?,? (?:that it calls |called |named |dubbed |known as "
    rf"|it calls )?(?P<name>(?:{WORD})(?: (?:{WORD}|Alpha|Turbo|Pro|Mini|Lite|Max)){{0,3}})(?![\w’'])"
    rf"|\b(?:called|named|dubbed|known as) (?P<called>(?:{WORD})(?: (?:{WORD})){{0,3}})(?![\w’'])"
)
BEFORE_THING = re.compile(
    rf"(?:the |its |their |our )?(?P<name>[A-Z][\w.+-]*(?: (?:{WORD})){{0,2}}) (?:video |image |AI |world "
    rf"|new |text-to-video |mobile |desktop )*(?:{THING})\b"
)
OWN = re.compile(r"(?P<name>[A-Z]\w+ [A-Z]\w+(?: \d[\d.]*)?)\b")
_SINGLE = re.compile(
    rf"(?P<name>[A-Z][\w+-]*[\w+](?:\.\d+)?)"
    rf"(?=,? (?:a|an|its|the|which|that|their|our) (?:[^.,;]{{0,60}}\b)?(?:{THING})s?\b"
    r"|, (?:which|a|an|its) |[.,;]|$| (?:on|in|last|this|today|yesterday|earlier|to|for|as) )"
)
"""One word may be anybody's name: a product's only right behind a verb that says so."""
_WEAK = words("weak_launches")


def new_name(sentence: Sentence, document: Document, deed: Deed, stop: int) -> Product | None:
    """A product nobody has listed, as the text names it: "its first video model, V1"."""
    text, verb = sentence.text, deed.statement.verb
    end = min(len(text), verb.end + REACH)
    behind = text[verb.end : max(end, verb.end)]
    if _NOT_LAUNCH.search(re.split(r"[,.;]", behind)[0]):
        return None
    owner = subject_company(deed.statement.subject, sentence, document) or party_at(sentence, verb.start, document)
    if owner is None:
        return None
    match = NAMED.search(text, verb.end, end)
    if match is not None and match.start() <= max(stop, verb.end + 40):
        group = "called" if match["called"] else "name"
        if is_product_name(sentence, match.start(group), match.end(group), owner, called=True):
            return Product(match.start(group), match.end(group), match[group], owner)
    begins = dict.fromkeys((verb.end, deed.end))
    for pattern, begin in (
        (each, place)
        for each in (BEFORE_THING, NUMBERED, *(() if verb.lemma in _WEAK else (OWN, _SINGLE)))
        for place in begins
    ):
        found = pattern.match(text, min(len(text), begin + 1))
        if found is not None and is_product_name(sentence, found.start("name"), found.end("name"), owner):
            return Product(found.start("name"), found.end("name"), found["name"], owner)
    weights = re.search(
        r"weights (?:and (?:the )?code )?(?:of|for|to) (?:its |the )?(?P<name>[A-Z][\w.+-]*(?: (?:\d[\d.]*"
        r"|[A-Z][\w.]*))*)",
        text[verb.end : end],
    )
    if weights is not None:
        return Product(verb.end + weights.start("name"), verb.end + weights.end("name"), weights["name"], owner)
    return None


def is_product_name(sentence: Sentence, start: int, end: int, owner: CompanyName, *, called: bool = False) -> bool:
    """Whether capitalised words name a product; the company's own name does where the text calls a tool so."""
    name = sentence.text[start:end]
    if NO_NAME.match(name) or (name == owner.name and not called):
        return False
    if not called and any(
        (mention.start, mention.end, mention.key) == (start, end, owner.key) for mention in sentence.mentions
    ):
        return False
    if _is_person(sentence, name):
        return False
    return not any(
        mention.start < end and start < mention.end and mention.kind != "product" and mention.key != owner.key
        for mention in sentence.mentions
    ) and not any(date.start < end and start < date.end for date in sentence.dates)


def _is_person(sentence: Sentence, name: str) -> bool:
    """Whether a name is that of somebody with a role in the sentence."""
    return bool(
        re.search(
            rf"\b(?:chief|founder|CEO|executive|president|director|officer|head|engineer"
            rf"|researcher),? {re.escape(name)}|{re.escape(name)},? (?:who|the (?:chief|founder|co-founder|head"
            rf"|president)|(?:the company's|its)"
            rf" (?!(?:[\w-]+ ){{0,4}}?(?:{THING})\b)|a co-founder"
            rf"|co-founder|(?:is|was) out as)\b",
            sentence.text,
        )
    )
