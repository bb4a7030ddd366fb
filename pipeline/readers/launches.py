"""Products and models that come out, are shown, opened for testing, or given away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim, FieldValue
from pipeline.claim_builder import date_of, make, unrealised
from pipeline.document import CompanyName, Document, Sentence, company_at

_VERBS = {
    "open_source": r"\b(?:open[- ]sourc(?:es|ed|ing)|(?:released|published|opened|gave away) the weights|weights (?:of|for) |released .{0,20} under (?:an? )?(?:Apache|MIT))\b|开源|开放了?权重|公开了?权重",
    "beta": r"\b(?:(?:in|into|as an?|a|the|private|public|closed|open|limited) (?:\w+ )?(?:beta|preview|alpha test|waitlist)|beta version)\b|内测|公测|测试版|小范围测试|灰度测试|邀请测试",
    "announced": r"\b(?:previewed|previews|unveil(?:s|ed)(?! a fund)|show(?:s|ed|n)(?: off)?|demonstrat(?:es|ed)|demoed|teas(?:es|ed)|announced|announces|presented|presents|introduced a research)\b|公布|亮相|展示|预告|首次公开|官宣|披露了?.{0,6}模型|预热",
    "release": r"\b(?:releas(?:es|ed|ing)|launch(?:es|ed|ing)?|rolls? out|rolled out|ship(?:s|ped)|introduc(?:es|ed)|brought out|brings out|debuted|came out|arrived|opened|made .{0,24} available|is (?:now )?available|went live|put out|followed it|published|unveils its)\b|发布|推出|上线|推出了|面世|问世|发布了|开放使用|全量开放|正式开放|升级至|更新至|上架",
}
_STAGES = {stage: re.compile(pattern) for stage, pattern in _VERBS.items()}
_REACH = 60
_AFTER = re.compile(r"(?:之|以|会|的)?(?:后|前|时|来|当天|会上|现场)|[^，,。；]{0,24}的(?:公司|团队|那家|创始人)")
_SINCE = re.compile(r"\b(?:since|after|before|ahead of|following|until)(?: the)?(?: \w+)? ?\Z|(?:自|在|参照|随着|继)[^，。；]{0,8}\Z")
_NEW_MODEL_EN = re.compile(
    r"\b(?:its|a|the|called|named|model|tool|app|service|generator|product|version)(?: (?:new|latest|first|flagship|video|AI|text-to-video|world|model|tool|product|app|generator|called|named|own|second|third)){0,5},? (?:called |named )?(?P<name>[A-Z][\w-]*(?: [A-Z][\w-]*)?(?: (?:\d+(?:\.\d+)?|Alpha|Turbo|Pro|Mini))?)"
)
_NEW_MODEL_ZH = re.compile(
    r"(?:模型|工具|产品|应用|助手|生成器|App|APP|名为|叫做|新一代)(?:“|「|《)?(?P<name>[A-Z][\w.-]*(?: [A-Z\d][\w.-]*){0,2}|(?<=[“「《])[^”」》]{2,16})"
)
_STOP = re.compile(
    r"^(?:The|It|Its|AI|In|On|A|An|This|That|CEO|Series|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|App|APP|API|Hollywood|Chinese|American|English|IPO|UI)\b"
)


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A launch for each product that stands near a verb of coming out."""
    verbs = [(match, stage) for stage, pattern in _STAGES.items() for match in pattern.finditer(sentence.text)]
    if not verbs:
        return
    told: set[str] = set()
    for start, end, product, owner in _products(sentence, document, [match.span() for match, _ in verbs]):
        near = [
            (_distance(match.start(), match.end(), start, end), place, match, stage)
            for place, (match, stage) in enumerate(verbs)
        ]
        distance, _, verb, _ = min(near, key=lambda entry: (entry[0], entry[1]))
        if distance > _REACH or product in told or not _same_part(sentence, verb.start(), start):
            continue
        if _AFTER.match(sentence.text, verb.end()) or _SINCE.search(sentence.text[max(0, min(start, verb.start()) - 16) : min(start, verb.start())]):
            continue
        told.add(product)
        stage = _stage(sentence, verb.start(), verb.end(), start)
        span = (min(verb.start(), start), max(verb.end(), end))
        status = unrealised(sentence, *span)
        fields: dict[str, FieldValue] = {"product": product, "stage": stage}
        on = date_of(document, sentence, verb.start())
        yield make(document, sentence, "product_launch", owner, span, status=status, on=on, fields=fields)
    yield from _later_stage(sentence, document)


_LATER = re.compile(r"(?:\A|[,，;；])(?P<when>[^,，;；。]{0,14})(?:正式|全面|对外|公开)+(?:对外|公开)?(?:发布|上线|推出|开放)")


def _later_stage(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """「3月开放X内测，6月正式发布」: the second clause is about the product of the first."""
    for match in _LATER.finditer(sentence.text):
        end = sentence.clause(match.end() - 1)[1]
        if any(match.start() <= mention.start < end for mention in sentence.mentions if mention.kind == "product"):
            continue
        product = next((each for each in reversed(sentence.mentions) if each.kind == "product" and each.end <= match.start()), None)
        owner = document.owners.get(product.owner_key or "") if product else None
        if product is None or owner is None or not match["when"].strip():
            continue
        on = date_of(document, sentence, match.start("when"))
        fields: dict[str, FieldValue] = {"product": sentence.text[product.start : product.end], "stage": "release"}
        status = unrealised(sentence, match.start("when"), match.end())
        yield make(document, sentence, "product_launch", owner, (match.start("when"), match.end()), status=status, on=on, fields=fields)


def _products(
    sentence: Sentence, document: Document, verbs: list[tuple[int, int]]
) -> Iterator[tuple[int, int, str, CompanyName]]:
    taken = []
    for mention in sentence.mentions:
        taken.append((mention.start, mention.end))
        owner = document.owners.get(mention.owner_key or "")
        if mention.kind == "product" and owner is not None:
            yield mention.start, mention.end, sentence.text[mention.start : mention.end], owner
    pattern = _NEW_MODEL_ZH if sentence.language == "zh" else _NEW_MODEL_EN
    for _, verb_end in verbs:
        match = pattern.search(sentence.text, verb_end, min(len(sentence.text), verb_end + 70))
        if (
            match is None
            or _STOP.match(match["name"])
            or any(start < match.end("name") and match.start("name") < end for start, end in taken)
        ):
            continue
        company = company_at(sentence, verb_end, document)
        if company is not None:
            yield match.start("name"), match.end("name"), match["name"], company


def _distance(verb_start: int, verb_end: int, start: int, end: int) -> int:
    return start - verb_end if start >= verb_end else max(0, verb_start - end)


def _same_part(sentence: Sentence, one: int, other: int) -> bool:
    """Not across more than one comma, nor a semicolon."""
    between = sentence.text[min(one, other) : max(one, other)]
    return sum(between.count(comma) for comma in ",，") <= 1 and not re.search("[;；]", between)


def _stage(sentence: Sentence, start: int, end: int, product: int) -> str:
    """The most telling stage in the verb's clause."""
    begin, stop = sentence.clause(start)
    clause = sentence.text[min(begin, product) : max(stop, product)]
    verb = sentence.text[start:end]
    for stage in ("open_source", "beta"):
        if _STAGES[stage].search(clause):
            return stage
    return "announced" if _STAGES["announced"].fullmatch(verb) and not _STAGES["release"].search(clause) else "release"
