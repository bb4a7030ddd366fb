"""Users, paying customers, videos and employees, told in English: figures without a currency."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from db.values import PartialDate
from pipeline.claim_builder import make
from pipeline.counts_in_frames import TOLD
from pipeline.counts_told import ORGANISATIONS
from pipeline.document import CompanyName, Document, Sentence
from pipeline.english.compared_counts import compared, those_who_pay
from pipeline.english.counted_answers import answered
from pipeline.english.counts_again import told_again
from pipeline.english.deeds import deeds
from pipeline.english.parties import company_of, references, referred, weight
from pipeline.english.payees import party_at
from pipeline.english.telling import unrealised
from pipeline.english.told_dates import date_of_figure
from pipeline.found import FoundCount

_KINDS = (
    (
        "paying_users",
        re.compile(
            r"subscriber|paying|paid|clients|enterprise customers|business customers|corporate customers|customers"
            r"|businesses|companies|enterprises|brands|studios"
        ),
    ),
    ("users", re.compile(r"\busers|members|creators|accounts|developers")),
    ("videos", re.compile(r"videos|clips|episodes")),
    ("headcount", re.compile(r"employees|staff|people|workers|colleagues")),
    ("other", re.compile(r"downloads|images|visitors|visits|installs|times")),
)
_EMPLOYS = re.compile(
    r"\b(?:employs?|employed|(?:grown|grew|grows|shrunk|shrank) (?:from [\w,]+ )?to|employees|staff of|staff|team of"
    r"|headcount|workforce|payroll|people work|work(?:ed|s)? (?:at|for|there)|work(?:ed)?\b"
    r"|leav(?:e|es|ing) (?:it|the \w+|[A-Z]\w+)(?: AI)? with)"
)
_CUT = re.compile(
    r"\b(?:hire|hired|parted|of its|of our|of the|losing|laid off|lays off|let go|cut|fired|hiring|recruit"
    r"|layoffs?|jobs|dismissed|affected|left|leave|made redundant|shed)\b"
)
_HAS = re.compile(
    r"\b(?:has|have|had|counts?|claims?|claimed|reached|reaches|passed|passes|topped|tops|hit|hits|pays?|numbers?"
    r"|numbered|serves?"
    r"|served|reports?|reported|crossed|crosses|surpassed|surpasses|with|says|more than|over|grew|grown|made|generated"
    r"|generates|attracted|attracts|drew|draws|drawn|used by|use|using|signed up|counted|boasts|boasted|now|lists"
    r"|gets|got|receives|sees|records|recorded|logged|exceeds?|exceeded|rose|risen|climbed|jumped|doubled|tripled"
    r"|quadrupled|swelled|soared|surged|fell|fallen|dropped|stands|stood|helps|supplies|sells to|works with|created"
    r"|create|creates|make|makes|produced|produce|produces|renders?|rendered|supports?|won|adds?|added|handles?"
    r"|processes|peaked|peaks)\b"
)
_LOST = re.compile(
    r"\b(?:(?:have|has|had|were|was|are|is|will|be|been|being|to) )*(?:let go|laid off|made redundant|dismissed|fired"
    r"|sacked|cut|told to go|los(?:e|t|ing) their jobs)\b"
)
_ALL = re.compile(r"\b[Aa]ll (?:of )?(?:the |its |their |our )?(?:\w+ )?\Z")
_ALL_GO = re.compile(
    r"[^.;]{0,50}?\b(?:all|they|everyone)\b[^.;]{0,16}\b(?:would|will|were|are)\b[^.;]{0,16}"
    r"\b(?:lose|let go|laid off|dismissed|redundant)\b"
)
"""Employees who all go are told of as a layoff."""
_SMALLEST = 100
_USE_IT = re.compile(
    r"(?:,? (?:in|from|across|among them|including)\b[^.;]{2,40}?,?)?(?: (?:already|now|have|currently|regularly"
    r"|also))*"
    r" (?:use[sd]?|using|pay(?: for)?|paid|subscribe(?: to)?|licen[cs]e|have bought|have signed up|signed up|rent)\b"
)
"""What makes organisations, however few, those who pay: "More than 40 broadcasters in nine countries use it"."""
_HAS_CUSTOMERS = re.compile(
    r"\b(?:has|have|had|counts?|counted|serves?|served|with|signed(?: up)?|won|claims?)"
    r"(?: (?:now|only|just|about|around|some|roughly|already|nearly|almost|over|more than|fewer than|at least))* ?\Z"
)
_ALLOWED = re.compile(
    r"\b(?:can|could|may|might|lets?|allows?|allowed|up to|limit(?:ed)?|quota|trained|holds?|library)\b"
)
"""What a plan grants or a model has seen, nobody has made."""
_REMAIN = re.compile(
    r" (?:will (?:remain|stay)|remain|remained|are left|were left|is left|stay|stayed)\b(?! (?:jobless|without|out))"
)
_FEWEST_CUSTOMERS = 10
"""A handful of customers is told one by one; users come in crowds."""
_PART_OF_STAFF = re.compile(
    r"\b(?:research|sales|engineering|product|support|design|marketing|legal|safety|policy|founding|[a-z]+-and-[a-z]+)"
    r" (?:team|staff|unit|department)(?: of| numbers)?\b"
)
_SIGNED_UP = re.compile(
    r"(?:(?: (?:have|had|now|already|who|a month|each month|worldwide))* (?:signed up|use|used|using"
    r"|have (?:an? )?account|tried|registered|are on(?! (?:the|its) (?:payroll|staff|team))|opened (?:an"
    r" )?accounts?|try|visit|joined|made|created|tried out|log(?:ged)? (?:in|on)"
    r"|open(?:ed)? (?:it|the app)|(?:make|create|edit|record)s? [a-z]+ with (?:it|the))|come back)\b"
)
_FETCHED = re.compile(r"\b(?:downloaded|installed|viewed|watched|played)\b")
_A_DAY = re.compile(r" (?:[a-z]+ ){0,5}?(?:a|per|each|every) (?:second|minute|hour|day|week)\b")
_HAS_PEOPLE = re.compile(
    r"\b(?:has|have|had|with)(?: (?:now|only|just|about|around|some|roughly|still|fewer than|more than))* ?\Z"
)
_USED_BY = re.compile(
    r"\b(?:used|tried|visited|opened|downloaded) (?:each month |every month |daily |monthly )?by"
    r" (?:about |around |some |nearly |over |more than |almost )?\Z"
)
_ITS_PRODUCT = re.compile(
    r"(?:[Tt]he|[Ii]ts) (?:[\w-]+ )?(?:app|service|tool|model|product|site|website|platform|generator)"
)
_BLOCKED = re.compile(
    r"\b(?:(?:block|bann|remov|suspend|delet|clos|disabl|refus|reject)(?:s|es|e|ed|ing)?|turn(?:s|ed|ing)? away"
    r"|los(?:t|es|ing)|cited?|cites) (?:\w+ ){0,2}\Z"
)
_PAY = re.compile(r"(?: of (?:them|those|whom))?(?: now| already)? (?:pay|paid|subscribe|are paying)\b")
_WATCHED = re.compile(r"(?: (?:have|had|now))* (?:watched|viewed|seen|downloaded|visited)\b")
_STAFF_OF = re.compile(
    r"(?:['’]s|\b[Ii]ts|\b[Tt]heir|\b[Oo]ur) (?:(?:about|around|some|roughly|nearly|remaining|current) )?[\w,.]+ "
    r"(?:employees|staff|staffers|people|workers)\Z|\b[Nn]umber of employees: [\d,]+\Z"
)
"""As in "About a quarter of Stability's 190 employees": they work there, whatever becomes of them."""
_SURE = re.compile(
    r"(?:\b[Tt]he|\b[Aa]n?|['’]s|\b[Ii]ts) [\w]+-(?:strong|person|people|man|employee|member)\Z|\b(?:employees|staff"
    r"|team size|headcount|users|customers|subscribers): [\d,]+\Z|[\d,]+[ -]strong\Z"
    r"|\b(?:firm|company|startup|start-up|studio|business|outfit|shop) of (?:[a-z]+ ){0,2}[\d,]+"
    r" (?:people|employees|staff)\Z"
    r"|(?:\bits|\btheir|\bour|['’]s) (?:(?:about|some|more than|over|nearly) )?[\d,.]+(?: million)? (?:[a-z-]+ ){0,2}"
    r"(?:users|customers|subscribers|clients)\Z"
    r"|\b(?:audience|base|community) of (?:[a-z]+ ){0,2}[\d,.]+(?: million)? (?:[a-z-]+ ){0,2}\w+\Z"
    r"|[\d,]+(?= of (?:its|the|their|our) [\d.,]+ (?:million |thousand )?(?:[a-z]+ )*(?:users|accounts|members) )"
    r"|[\d,]+ of (?:whom|them|which|those) (?:[a-z]+ ){0,2}(?:pay(?:ing)?|paid|subscribed?)\Z"
    r"|\bpay(?:ing)?\Z|\b(?:of us|build with us|among (?:its|their|our) [a-z -]+)\Z|(?:use|uses|pay for"
    r"|subscribe to) \w+\Z"
    r"|\b(?:all|(?:half|most|some|many|a (?:third|quarter|fifth)) of) (?:the |its |their |our )?(?:\w+ )?[\d,]+"
    r" (?:(?:of )?(?:its|their|our) )?(?:employees|staff|people|workers)\Z"
    r"|\b(?:headcount|workforce|payroll) (?:[a-z]+ ){1,5}[\d,]+\Z"
    r"|\bleav(?:e|es|ing) (?:it|the \w+|[A-Z]\w+)(?: AI)? with (?:[a-z]+ ){0,2}[\d,]+ \w+\Z",
    re.IGNORECASE,
)
_MADE_WITH = re.compile(r" (?:with|using|on) (?:it|its [a-z]+|the (?:app|tool|software|service|platform))\b")
_STAFF_COLON = re.compile(r"\b(?:staff|team|workforce|headcount)\b[^.;]{0,110}: \Z")
_DESCRIBED = re.compile(r"(?:, | \()?\b[Aa]n? (?:[a-z]+ )?\Z")
"""What says more of the name before it: "Loopcraft, a two-person shop"."""


def _kind(sentence: Sentence, count: FoundCount) -> str | None:
    """What is counted; people who signed up are users, those who watched are something else."""
    if count.unit.endswith(TOLD):
        return count.unit.removesuffix(TOLD)
    behind = sentence.text[count.end : count.end + 40]
    if re.search(r"\bpeople|persons|of (?:them|those)\b", count.unit):
        if _USED_BY.search(sentence.text[: count.start]):
            return "users"
        for name, pattern in (("users", _SIGNED_UP), ("paying_users", _PAY), ("other", _WATCHED)):
            if pattern.match(behind):
                return name
    if ORGANISATIONS.search(count.unit) and _USE_IT.match(sentence.text, count.end):
        return "paying_users"
    return next((name for name, pattern in _KINDS if pattern.search(count.unit)), None)


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A metric for each count whose thing we track."""
    yield from told_again(sentence, document, read)
    yield from answered(sentence, document)
    for count in sentence.counts:
        kind = _kind(sentence, count)
        if kind is None:
            continue
        if kind == "headcount" and (
            _ALL_GO.match(sentence.text, count.end) or sentence.text.endswith(" from ", 0, count.start)
        ):
            continue  # "came from three people we had worked for"
        sure = count.unit.endswith(TOLD) or (
            kind == "headcount" and bool(_STAFF_OF.search(sentence.text[max(0, count.start - 60) : count.end]))
        )
        sure = sure or (kind == "headcount" and bool(_STAFF_COLON.search(sentence.text[: count.start])))
        sure = sure or bool(_SURE.search(sentence.text[max(0, count.start - 40) : count.end]))
        sure = sure or (kind == "headcount" and bool(_REMAIN.match(sentence.text, count.end)))
        opened = f"{sentence.text[:1].lower()}{sentence.text[1:]}"
        near = opened[max(0, count.start - 50) : count.end + 30].split(";")[
            -1 if ";" in sentence.text[max(0, count.start - 50) : count.start] else 0
        ]
        organised = ORGANISATIONS.search(count.unit) is not None
        pays = _USE_IT.match(sentence.text, count.end) or (
            re.search(r"(?:customers|clients)\Z", count.unit) and _HAS_CUSTOMERS.search(sentence.text[: count.start])
        )
        if (
            kind == "headcount"
            and count.unit.endswith(TOLD)
            and (_CUT.search(_clause(sentence, count)) or _PART_OF_STAFF.search(near))
        ):
            continue
        all_lost = _ALL.search(sentence.text[: count.start]) and _LOST.search(sentence.text, count.end)
        if (sure and not all_lost) or (organised and pays):
            pass
        elif kind == "headcount":
            if any(deed.statement is sentence.parsed.at(count.start) for deed in deeds(sentence, "layoffs")):
                continue
            employs = _EMPLOYS.search(near) or _HAS_PEOPLE.search(sentence.text[: count.start])
            if not employs or _CUT.search(_clause(sentence, count)) or _PART_OF_STAFF.search(near):
                continue
        elif not _is_told(sentence, count, kind, near):
            continue
        if kind in ("users", "paying_users") and _BLOCKED.search(sentence.text[: count.start]):
            continue
        if kind == "videos" and _A_DAY.match(sentence.text, count.end):
            continue
        company = _company(sentence, document, count)
        if company is None or (weight(company) == 1 and (kind == "paying_users" or not _names(sentence, company))):
            continue
        status = None if kind == "headcount" else unrealised(sentence, count.start, count.end)
        on = date_of_figure(document, sentence, count.start)
        if "-" in sentence.text[count.start : count.end] and document.article.published is not None:
            on = PartialDate(document.article.published.isoformat())  # "The 15-strong company expects sales this year"
        fields = {"metric": kind}
        span = (count.start, count.end)
        yield make(document, sentence, "metric", company, span, status=status, money=count.number, on=on, fields=fields)
        yield from compared(sentence, document, company, kind, count)
        if kind == "users":
            yield from those_who_pay(sentence, document, company, count)


def _names(sentence: Sentence, company: CompanyName) -> bool:
    """Whether a sentence speaks of a company or its app: of a big one beside the field nothing is guessed."""
    named = any(company.key in (each.key, each.owner_key) for each in sentence.mentions)
    return named or _ITS_PRODUCT.match(sentence.text) is not None


def _clause(sentence: Sentence, count: FoundCount) -> str:
    """What is said of a count itself: "employs 90 people", without what it "plans to hire" next."""
    before = re.split(r"[,;] ", sentence.text[max(0, count.start - 50) : count.start])[-1]
    behind = re.split(r"[,;.] |[,;.]\Z| and | but | before | until ", sentence.text[count.end : count.end + 30])[0]
    return f"{before}{sentence.text[count.start : count.end]}{behind}"


def _is_told(sentence: Sentence, count: FoundCount, kind: str, near: str) -> bool:
    """Whether the words around a count of users, customers or videos say that it has them."""
    if count.number.amount < (_FEWEST_CUSTOMERS if kind == "paying_users" else _SMALLEST):
        return False
    if count.unit == "times":
        return _FETCHED.search(near) is not None
    if kind == "videos" and _ALLOWED.search(_clause(sentence, count)):
        return False
    behind = sentence.text[count.end :]
    return bool(_HAS.search(near) or _SIGNED_UP.match(behind) or _PAY.match(behind))


def _company(sentence: Sentence, document: Document, count: FoundCount) -> CompanyName | None:
    """Whose figure: the subject's, or, where people are the subject, what they signed up for or work at."""
    for each in references(sentence, document):
        if each.start <= count.start < each.end:
            return each.company  # "bought the 12-person Boston shop"
    described = _DESCRIBED.search(sentence.text, 0, count.start)
    if described is not None and "-" in sentence.text[count.start : count.end]:
        before = [each for each in sentence.mentions if each.end == described.start()]
        return company_of(before[0], document) if before else None
    statement = sentence.parsed.at(count.start)
    subject = statement.subject if statement is not None else None
    if statement is not None and subject is not None and subject.start <= count.start < subject.end:
        if statement.verb.lemma in ("join", "move", "transfer", "go", "stay", "remain"):
            return referred(sentence, count.start, document, described=True)
        behind = next(
            (each for each in references(sentence, document) if statement.verb.end <= each.start < statement.stop), None
        )
        return behind.company if behind is not None else referred(sentence, count.start, document, described=True)
    if (
        subject is not None
        and subject.names == ()
        and _ITS_PRODUCT.fullmatch(sentence.text[subject.start : subject.end])
    ):
        return sentence.topic
    company = party_at(sentence, count.start, document)
    made = _MADE_WITH.match(sentence.text, count.end) if company is None else None
    if made is not None:
        near = [each for each in references(sentence, document) if made.start() <= each.start < made.end()]
        return near[0].company if near else sentence.topic
    if company is None and _ITS_TEAM.search(sentence.text[: count.start]):
        return sentence.topic  # "the plan is to double the 110-person team"
    if company is None and count.unit.startswith("of th"):
        return sentence.topic  # "212 million people have tried it and 1.77 million of them pay"
    if company is None and subject is not None and _ITS_THINGS.match(sentence.text, subject.start):
        return None if subject.names or subject.owners else _speaker(sentence, document, count) or sentence.topic
    return company


_ITS_TEAM = re.compile(
    r"\b(?:doubl|tripl|expand|grow|enlarg|increas|shrink|halv|manag|run|lead|head)\w* (?:the|its|their|our) \Z"
)


def _speaker(sentence: Sentence, document: Document, count: FoundCount) -> CompanyName | None:
    """Who says it at the end: "the family's models have been downloaded 5.4 million times, Alibaba says"."""
    for statement in sentence.parsed.statements:
        subject = statement.subject
        if statement.verb.lemma == "say" and subject is not None and subject.start > count.end and subject.names:
            return company_of(subject.names[0], document)
    return None


_ITS_THINGS = re.compile(
    r"(?:[Tt]he|[Ii]ts|[Tt]heir|[Oo]ur) (?:[a-z'’-]+ ){0,3}?(?:models?|apps?|tools?|family|software|videos|clips"
    r"|services?)\b"
)
