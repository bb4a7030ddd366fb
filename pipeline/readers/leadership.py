"""Who leaves, who arrives: leadership changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim, FieldValue
from pipeline.claim_builder import date_of, make, unrealised
from pipeline.document import CompanyName, Document, Sentence, company_at
from pipeline.readers.people import PERSON_EN, PERSON_ZH, ROLE_EN, ROLE_ZH, is_person

_LEAVES_EN = r"(?:has |have |had )?(?:resigned|resigns|step(?:s|ped|ping)? (?:down|aside|back)|left|leaves|is leaving|are leaving|departed|departs|quit|quits|was (?:fired|ousted|removed|dismissed|replaced)|was forced out|is out|exits|exited|walked out|is stepping down|(?:will|would) (?:step down|leave|resign|depart)|handed in (?:his|her) resignation)"
_JOINS_EN = r"(?:has |have |had )?(?:been )?(?:joined|joins|is joining|becomes|became|took over|takes over|will (?:become|join|take over)|was (?:named|appointed|promoted to|hired)|is (?:named|appointed)|named|appointed|returns|returned|is expected to (?:take over|become)|succeeds|succeeded|are running|is running|steps in|stepped in|moves to|moved to)"
_SUBJECT_EN = re.compile(
    rf"(?P<role_before>{ROLE_EN}(?:,)? (?:and (?:\w+-)?(?:founder|{ROLE_EN}) )?)?(?P<names>{PERSON_EN}(?:(?:, | and ){PERSON_EN}){{0,3}})"
    rf"(?:,? (?:(?:the|its|a|who)\b[^.;]{{0,60}}?)?(?P<role_apposed>{ROLE_EN})?[^.;,]{{0,30}},)?"
    rf"(?: (?:also|then|abruptly|suddenly|formally|now|will|has))?,? (?:(?P<leaves>{_LEAVES_EN})|(?P<joins>{_JOINS_EN}))\b(?P<rest>[^.;]{{0,90}})"
)
_OBJECT_EN = re.compile(
    rf"\b(?:(?P<fires>fired|ousted|removed|dismissed|replaced|parted ways with|lost|loses)|(?P<hires>hired|hires|has hired|appointed|appoints|has appointed|named|names|has named|promoted|promotes|"
    rf"brought in|recruits|recruited|poached|poaches|taps|tapped|installs|installed))(?: (?:its|the|a|as|[\w’']+){{0,3}})?? ?(?P<role_first>{ROLE_EN} )?(?P<name>{PERSON_EN})(?P<rest>[^.;]{{0,80}})"
)
_DEPARTURE_EN = re.compile(
    rf"\b(?:departure|resignation|exit|ouster|removal|dismissal) of (?:its |the )?(?:(?P<role>{ROLE_EN}),? )?(?P<name>{PERSON_EN})"
)
_ROLE_IN = re.compile(
    rf"(?:\b(?:as|from|become|becomes|became|to be|running the company as|named|appointed|the role of|over as|is|was) (?:its |the |their |an? )?)(?P<role>{ROLE_EN})\b|, (?:its |the |a )?(?P<apposed>{ROLE_EN})\b"
)
_SUBJECT_ZH = re.compile(
    rf"(?P<role_before>{ROLE_ZH})?(?P<name>{PERSON_ZH})(?:[（(][^）)]{{1,24}}[）)])?(?P<middle>[^。；]{{0,24}}?)"
    r"(?P<verb>离职|离任|辞任|辞职|辞去|卸任|离开|出走|退出|被罢免|被解雇|下台|请辞|去职|不再担任|已经?离开|跳槽|加入|加盟|入职|接任|接替|接棒|出任|担任|升任|被任命为|获任|履新|执掌|掌舵|回归|任命为|将任|转任)"
    rf"(?P<rest>[^。；，]{{0,40}})"
)
_OBJECT_ZH = re.compile(
    rf"(?P<verb>任命|委任|聘请|提拔|挖来|引入|罢免|解雇|撤换)(?P<name>{PERSON_ZH})(?:为|担任|出任|任)?(?P<role>{ROLE_ZH})?"
)
_LEAVING_ZH = frozenset(
    "离职 离任 辞任 辞职 辞去 卸任 离开 出走 退出 被罢免 被解雇 下台 请辞 去职 不再担任 已离开 已经离开 跳槽 罢免 解雇 撤换".split()
)
_ROLE_ZH = re.compile(ROLE_ZH)
_SENIOR = re.compile(
    r"founder|chief|CEO|CTO|CFO|COO|president|chair|head|director|VP|lead|executive|scientist|researcher|general manager",
    re.IGNORECASE,
)


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """Departures and appointments, one claim a person."""
    yield from _nameless(sentence, document)
    yield from _chinese(sentence, document) if sentence.language == "zh" else _english(sentence, document)


def _english(sentence: Sentence, document: Document) -> Iterator[Claim]:
    text = sentence.text
    for match in _SUBJECT_EN.finditer(text):
        role = (match["role_before"] or match["role_apposed"] or "").strip(" ,")
        told = _ROLE_IN.search(match["rest"])
        direction = "departure" if match["leaves"] else "appointment"
        if told and (direction == "appointment" or not role):
            role = told["role"] or told["apposed"]
        if not role and not _known_person(document, match["names"]):
            continue
        if (
            match["leaves"]
            and match["leaves"].endswith("left")
            and not role
            and not _known_person(document, match["names"])
        ):
            continue
        yield from _claims(sentence, document, match.start("names"), match.end("names"), match.end(), role, direction)
    for match in _OBJECT_EN.finditer(text):
        told = _ROLE_IN.search(match["rest"])
        role = (match["role_first"] or (told and (told["role"] or told["apposed"])) or "").strip()
        if role:
            direction = "departure" if match["fires"] else "appointment"
            yield from _claims(
                sentence, document, match.start("name"), match.end("name"), match.end("name"), role, direction
            )
    for match in _DEPARTURE_EN.finditer(text):
        yield from _claims(
            sentence, document, match.start("name"), match.end("name"), match.end(), match["role"] or "", "departure"
        )


def _known_person(document: Document, names: str) -> bool:
    """Whether the article gives this person a role somewhere: "Emad Mostaque, who founded ..."."""
    last = names.split()[-1]
    return bool(
        re.search(
            rf"(?:{ROLE_EN})\b[^.;]{{0,40}}\b{re.escape(last)}\b|\b{re.escape(last)}\b,? (?:(?:its|the|a|who)\b[^.;,]{{0,50}})?\b(?:founded|co-founder|founder|chief|head|led|leads|{ROLE_EN})",
            document.text,
        )
    )


_NAME_SPLIT = re.compile(r", | and ")
_PERSON_EN = re.compile(PERSON_EN)


def _claims(
    sentence: Sentence, document: Document, start: int, end: int, stop: int, role: str, direction: str
) -> Iterator[Claim]:
    company = _company(sentence, start, stop, document)
    if company is None:
        return
    begin = start
    for piece in _NAME_SPLIT.split(sentence.text[start:end]):
        name = piece.strip()
        if _PERSON_EN.fullmatch(name) and is_person(name) or (name and sentence.language == "zh"):
            status = unrealised(sentence, begin, stop)
            fields: dict[str, FieldValue] = {
                "person": name,
                "role": role.removesuffix("s") if "co-chief executives" in role else role,
                "direction": direction,
            }
            on = date_of(document, sentence, begin)
            yield make(
                document, sentence, "leadership_change", company, (start, stop), status=status, on=on, fields=fields
            )


def _company(sentence: Sentence, start: int, stop: int, document: Document) -> CompanyName | None:
    """The company left or joined: named behind the verb, else the subject."""
    inside = [
        company
        for mention, company in sentence.companies()
        if start <= mention.start <= stop and not _ELSEWHERE.search(sentence.text[max(0, mention.start - 24) : mention.start])
    ]
    return inside[0] if inside else company_at(sentence, start, document)


_ELSEWHERE = re.compile(
    r"\b(?:for|to join|joining|to|rival|formerly (?:of|at)|from)(?: the)? \Z|(?:加入|加盟|转投|前往|跳槽到|入职)\Z"
)


_SEVERAL = re.compile(
    r"(?:多位|数位|多名|几位|数名|一批|三位|四位|两位)(?:高管|高级管理人员|核心成员|核心研究员|研究员|联合创始人|核心高管|管理层)[^，。；]{0,6}(?P<verb>离职|辞职|出走|离开|退出)"
    r"|\b(?:several|many|three|four|five|a string of|a number of|half a dozen) (?:of (?:its|the) )?(?:\w+ )?(?:executives|researchers|senior staff|co-founders)(?: \w+)? (?:left|resigned|departed|quit|walked out)"
)


def _nameless(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """Several executives left: a departure without names."""
    match = _SEVERAL.search(sentence.text)
    company = company_at(sentence, match.start(), document) if match else None
    if match is not None and company is not None:
        on = date_of(document, sentence, match.start())
        fields: dict[str, FieldValue] = {"direction": "departure"}
        yield make(document, sentence, "leadership_change", company, match.span(), status=None, on=on, fields=fields)


def _chinese(sentence: Sentence, document: Document) -> Iterator[Claim]:
    text = sentence.text
    for match in _SUBJECT_ZH.finditer(text):
        direction = "departure" if match["verb"] in _LEAVING_ZH else "appointment"
        told = _ROLE_ZH.search(match["rest"]) if direction == "appointment" or not match["role_before"] else None
        inner = _ROLE_ZH.search(match["middle"])
        role = (told[0] if told else "") or (match["role_before"] or "") or (inner[0] if inner else "")
        if role:
            yield from _claims(sentence, document, match.start("name"), match.end("name"), match.end(), role, direction)
    for match in _OBJECT_ZH.finditer(text):
        direction = "departure" if match["verb"] in _LEAVING_ZH else "appointment"
        if match["role"]:
            yield from _claims(
                sentence, document, match.start("name"), match.end("name"), match.end(), match["role"], direction
            )
