"""Products and models that come out, are shown, opened for testing or given away, told in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim, FieldValue
from pipeline.claim_builder import make
from pipeline.document import CompanyName, Document, Sentence
from pipeline.english.deeds import Deed, deeds
from pipeline.english.launch_phrases import Phrase, launch_phrases
from pipeline.english.parties import company_of, subject_company
from pipeline.english.payees import party_at
from pipeline.english.product_names import NO_NAME, Product
from pipeline.english.telling import date_of, unrealised
from pipeline.gated_pattern import GatedPattern

_REACH = 70
_WORD = r"[A-Z][\w.+-]*[\w+]|[A-Z]|\d+(?:\.\d+)?"
_THING = (
    r"model|models|tool|app|service|generator|product|version|editor|platform|assistant|agent|feature"
    r"|studio|successor|engine|system|world model|avatar|avatars|upgrade|family|suite|sequel|line|API"
    r"|plug-in|software|companion|flagship"
)
_NAMED = re.compile(
    rf"\b(?:{_THING})s?,? (?:that it calls |called |named |dubbed |known as "
    rf"|it calls )?(?P<name>(?:{_WORD})(?: (?:{_WORD}|Alpha|Turbo|Pro|Mini|Lite|Max)){{0,3}})(?![\w’'])"
    rf"|\b(?:called|named|dubbed|known as) (?P<called>(?:{_WORD})(?: (?:{_WORD})){{0,3}})(?![\w’'])"
)
_BEFORE_THING = re.compile(
    rf"(?:the |its |their |our )?(?P<name>[A-Z][\w.+-]*(?: (?:{_WORD})){{0,2}}) (?:video |image |AI |world "
    rf"|new |text-to-video |mobile |desktop )*(?:{_THING})\b"
)
_NUMBERED = re.compile(
    r"(?:its |the |their )?(?:new )?(?P<name>[A-Z][A-Za-z]*[- ]?(?:[A-Z][a-z]+ )?\d+(?:\.\d+)?(?: (?:Alpha"
    r"|Turbo|Pro|Mini|Lite|Max|HD|Flash|Fast|Ultra|Preview))?)\b"
)
_OWN = re.compile(r"(?P<name>[A-Z]\w+ [A-Z]\w+(?: \d[\d.]*)?)\b")
_SINGLE = re.compile(
    rf"(?P<name>[A-Z][\w+-]*[\w+](?:\.\d+)?)"
    rf"(?=,? (?:a|an|its|the|which|that|their|our) (?:[^.,;]{{0,60}}\b)?(?:{_THING})s?\b"
    r"|, (?:which|a|an|its) |[.,;]|$| (?:on|in|last|this|today|yesterday|earlier|to|for|as) )"
)
"""One word may be anybody's name: a product's only right behind a verb that says so."""
_APPOSED = re.compile(
    rf"(?P<name>(?:{_WORD})(?: (?:{_WORD})){{0,2}}), (?:its|the company['’]s|the startup['’]s|[A-Z]\w+['’]s|the) "
    rf"[\w -]{{0,40}}\b(?:{_THING}),? (?:which |that )?\Z"
)
_BETA = re.compile(
    r"\b(?:(?:in|into|as an?|a|the|private|public|closed|open|limited) (?:\w+ )?(?:beta|preview|alpha"
    r"|waitlist)|beta version|test version|early version|beta test\w*|waitlist|waiting[ -]list|early access"
    r"|invited|invite-only|research preview|closed testing|limited group)\b"
)
_OPEN = re.compile(
    r"\b(?:open[- ]sourc\w+|open[- ]weights?|(?:the |its |model "
    r"|with )?weights(?: and code)?\b(?! training)|under (?:an? |the )?(?:Apache|MIT)|free to download"
    r"|code and weights)"
)
_NOT_LAUNCH = re.compile(
    r"\b(?:fund|funds|round|investment|campaign|investigation|search|talks|programme|program|office|deal"
    r"|partnership|layoffs|IPO|lawsuit|results|plans?|report|statement|letter|sale of|tender|figures"
    r"|details|prospectus|initiative|bid)\b"
)
_ASIDE = GatedPattern(r"\b(?:since|before|until) \Z")
_WEAK = frozenset(
    (
        "arrive",
        "land",
        "add",
        "replace",
        "update",
        "upgrade",
        "test",
        "detail",
        "offer",
        "open",
        "publish",
        "announce",
        "present",
        "reveal",
        "make",
        "deliver",
        "drop",
        "hit",
        "appear",
        "start",
        "follow",
        "bring",
        "leave",
        "show",
        "put",
    )
)


_PAUSED = GatedPattern(
    r"\b(?:paused?|delay\w*|postpone\w*|cancel\w*|halt\w*|stop\w*|yet to|before|without)\b[^.;]{0,20}\Z"
)


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A launch for each product that comes out."""
    told: set[tuple[str, str]] = set()
    spans: list[tuple[int, int]] = []
    for deed in deeds(sentence, "product_launch"):
        subject = deed.statement.subject
        if subject is not None and _ASIDE.search(sentence.text[: subject.start]):
            continue
        if unrealised(sentence, deed.start, deed.start) == "denied" or _PAUSED.search(
            sentence.text[: deed.start][-40:]
        ):
            continue
        for product in _come_out(sentence, document, deed):
            stage = _stage(sentence, deed, product)
            if (product.name, stage) not in told:
                told.add((product.name, stage))
                spans.append((product.start, product.end))
                yield _claim(sentence, document, deed, product, stage)
    for phrase in launch_phrases(sentence, document):
        if not any(start < phrase.product.end and phrase.product.start < end for start, end in spans):
            yield _phrased(sentence, document, phrase)


def _phrased(sentence: Sentence, document: Document, phrase: Phrase) -> Claim:
    """The claim of a phrase around a product's name."""
    product = phrase.product
    status = unrealised(sentence, phrase.start, phrase.end)
    words = sentence.text[phrase.start : min(len(sentence.text), phrase.end + 50)]
    stage = phrase.stage
    if stage == "release" and _OPEN.search(words):
        stage = "open_source"
    elif stage in ("release", "announced") and _BETA.search(words):
        stage = "beta"
    if status == "rumored" and stage == "announced":
        status = None
    fields: dict[str, FieldValue] = {"product": product.name, "stage": stage}
    on = date_of(document, sentence, phrase.end - 1) or date_of(document, sentence, phrase.start)
    span = (phrase.start, phrase.end)
    return make(document, sentence, "product_launch", product.owner, span, status=status, on=on, fields=fields)


def _come_out(sentence: Sentence, document: Document, deed: Deed) -> Iterator[Product]:
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
    yield from _object_products(sentence, document, deed, _object_stop(sentence, deed))


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
            and _is_product_name(sentence, apposed_before.start("name"), apposed_before.end("name"), told)
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
    match = _NAMED.search(written) or _BEFORE_THING.match(written) or _OWN.match(written) or _NUMBERED.match(written)
    apposed = re.search(rf", (?P<name>(?:{_WORD})(?: (?:{_WORD})){{0,2}}),?\Z", written.rstrip())
    name = apposed or match
    if name is None:
        return None
    group = "called" if name is match and name.re is _NAMED and name["called"] else "name"
    owner = subject_company(subject, sentence, document) or sentence.topic
    if owner is None or not _is_product_name(
        sentence, subject.start + name.start(group), subject.start + name.end(group), owner
    ):
        return None
    return Product(subject.start + name.start(group), subject.start + name.end(group), name[group], owner)


def _just_before(sentence: Sentence, document: Document, place: int) -> Product | None:
    """As in "with Dream Machine, released in June": the product the participle follows."""
    for mention in reversed(sentence.mentions):
        if mention.end <= place and place - mention.end <= 12 and mention.kind == "product":
            owner = company_of(mention, document)
            if owner is not None and not re.search(r"[A-Za-z]{5,}", sentence.text[mention.end : place]):
                return Product(mention.start, mention.end, with_thing(sentence.text, mention.start, mention.end), owner)
    return None


def _object_stop(sentence: Sentence, deed: Deed) -> int:
    """The object ends where the next statement with its own subject begins."""
    stop = min(len(sentence.text), deed.end + _REACH + 20)
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
    acting = subject_company(deed.statement.subject, sentence, document)
    found: list[Product] = []
    for mention in sentence.mentions:
        owner = company_of(mention, document)
        if (
            mention.kind == "product"
            and owner is not None
            and start <= mention.start < min(len(text), max(stop, start + 60))
            and mention.start - start <= _REACH
        ):
            gap = text[start : mention.start]
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
    house = _own_house(sentence, document, deed, acting) or _it(sentence, document, deed)
    if house is not None:
        return [house]
    named = _new_name(sentence, document, deed, stop)
    return [named] if named is not None else []


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
        if deed.statement.verb.end <= mention.start <= deed.statement.verb.end + _REACH and not _verb_between(
            sentence, deed.statement.verb.end, mention.start
        ):
            return Product(mention.start, mention.end, sentence.text[mention.start : mention.end], acting)
    return None


def _it(sentence: Sentence, document: Document, deed: Deed) -> Product | None:
    """As in "OpenAI showed Sora in February and opened it to subscribers in December"."""
    verb = deed.statement.verb
    if re.match(r" (?:it|them)\b", sentence.text[verb.end :]) is None:
        return None
    for mention in reversed(sentence.mentions):
        owner = company_of(mention, document)
        if mention.kind == "product" and mention.end <= verb.start and owner is not None:
            return Product(mention.start, mention.end, with_thing(sentence.text, mention.start, mention.end), owner)
    return None


def _verb_between(sentence: Sentence, start: int, end: int) -> bool:
    return any(
        start < each.verb.main < end
        and (not each.verb.bare or sentence.text[start : each.verb.main].endswith((" and ", ", ")))
        for each in sentence.parsed.statements
    )


def _same_house(one: CompanyName, other: CompanyName) -> bool:
    from db.knowledge import load_knowledge

    parents = {company.key: company.parent for company in load_knowledge().companies}
    return parents.get(one.key) == other.key or parents.get(other.key) == one.key


def _parent(company: CompanyName) -> CompanyName | None:
    """The company whose product also stands for itself: Kuaishou for Kling."""
    from db.knowledge import load_knowledge

    known = {each.key: each for each in load_knowledge().companies}
    key = known[company.key].parent if company.key in known else None
    return CompanyName(key, known[key].name, True) if key in known else None


def with_thing(text: str, start: int, end: int) -> str:
    """As in "Sora app" where the text says app, "Veo 2" where it gives a version of what we know."""
    match = re.match(
        r" (?:web and mobile )?apps?\b| API\b| (?:HD|Pro|Turbo|Lite|Max|Mini|Ultra|Fast|Alpha)\b|(?: "
        r"|-)(?:v|V)?\d{1,2}(?:\.\d+)?(?: (?:Pro|Turbo|Lite|Max"
        r"|Alpha|Fast|HD))?(?![\w%]| (?:million|billion|percent))",
        text[end:],
    )
    return text[start : end + match.end()] if match else text[start:end]


def _new_name(sentence: Sentence, document: Document, deed: Deed, stop: int) -> Product | None:
    """A product nobody has listed, as the text names it: "its first video model, V1"."""
    text, verb = sentence.text, deed.statement.verb
    end = min(len(text), verb.end + _REACH)
    behind = text[verb.end : max(end, verb.end)]
    if _NOT_LAUNCH.search(re.split(r"[,.;]", behind)[0]):
        return None
    owner = subject_company(deed.statement.subject, sentence, document) or party_at(sentence, verb.start, document)
    if owner is None:
        return None
    match = _NAMED.search(text, verb.end, end)
    if match is not None and match.start() <= max(stop, verb.end + 40):
        group = "called" if match["called"] else "name"
        if _is_product_name(sentence, match.start(group), match.end(group), owner, called=True):
            return Product(match.start(group), match.end(group), match[group], owner)
    begins = dict.fromkeys((verb.end, deed.end))
    for pattern, begin in (
        (each, place)
        for each in (_BEFORE_THING, _NUMBERED, *(() if verb.lemma in _WEAK else (_OWN, _SINGLE)))
        for place in begins
    ):
        found = pattern.match(text, min(len(text), begin + 1))
        if found is not None and _is_product_name(sentence, found.start("name"), found.end("name"), owner):
            return Product(found.start("name"), found.end("name"), found["name"], owner)
    weights = re.search(
        r"weights (?:and (?:the )?code )?(?:of|for|to) (?:its |the )?(?P<name>[A-Z][\w.+-]*(?: (?:\d[\d.]*"
        r"|[A-Z][\w.]*))*)",
        text[verb.end : end],
    )
    if weights is not None:
        return Product(verb.end + weights.start("name"), verb.end + weights.end("name"), weights["name"], owner)
    return None


def _is_product_name(sentence: Sentence, start: int, end: int, owner: CompanyName, *, called: bool = False) -> bool:
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
            rf" (?!(?:[\w-]+ ){{0,4}}?(?:{_THING})\b)|a co-founder"
            rf"|co-founder|(?:is|was) out as)\b",
            sentence.text,
        )
    )


def _stage(sentence: Sentence, deed: Deed, product: Product) -> str:
    """The most telling stage of the statement."""
    verb = deed.statement.verb
    stop = max(deed.end, product.end, _object_stop(sentence, deed))
    words = sentence.text[verb.start : min(len(sentence.text), stop + 50)]
    words = re.split(r"[;]|, (?:and|but|while) ", words)[0]
    if deed.kind == "open_source" or _OPEN.search(words):
        return "open_source"
    if deed.kind == "beta" or (_BETA.search(words) and verb.lemma != "leave"):
        return "beta"
    if re.search(r"\bto (?:a )?(?:select|small|limited|handful|closed|group)\b", words):
        return "beta"
    return "announced" if deed.kind == "announced" else "release"


def _claim(sentence: Sentence, document: Document, deed: Deed, product: Product, stage: str) -> Claim:
    verb = deed.statement.verb
    span = (min(verb.start, product.start), max(deed.end, product.end))
    status = unrealised(sentence, verb.start, verb.end)
    if status == "rumored" and re.search(r"\bwill\b", verb.group):
        status, stage = None, "announced"
    fields: dict[str, FieldValue] = {"product": product.name, "stage": stage}
    on = date_of(document, sentence, verb.main)
    return make(document, sentence, "product_launch", product.owner, span, status=status, on=on, fields=fields)
