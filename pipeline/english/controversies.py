"""Allegations and scandals, told in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim, Status
from pipeline.claim_builder import make
from pipeline.document import CompanyName, Document, Sentence
from pipeline.english.deeds import Deed, deeds
from pipeline.english.parties import references, subject_company
from pipeline.english.payees import party_at
from pipeline.english.telling import unrealised
from pipeline.english.told_dates import date_of
from pipeline.gated_pattern import GatedPattern

_COURT = GatedPattern(r"\b(?:sued|sues|suing|lawsuits?|suit|court|class action|litigation)\b")
_WORDS = GatedPattern(
    r"\b(?:cease-and-desist|scandal|backlash(?! against (?:AI|the industry|the technology)\b)"
    r"|under investigation|(?:is|was|are"
    r"|were) (?:being )?investigated|opened an (?:investigation|inquiry|probe)"
    r"|(?:train\w*|used|uses|using|scrap\w+|cop(?:y|ied|ying)|took|taken|taking|clon\w+)\b[^.;]{0,80}? without"
    r" (?:permission|consent|paying|asking|a licen[cs]e)"
    r"|unpaid (?:bills|wages|invoices)|pirated|nonconsensual"
    r"|at the cent(?:re|er) of (?:a|the) (?:\w+ )?(?:controversy|storm|row|scandal)"
    r"|(?:embroiled|engulfed|mired) in (?:a|the) (?:\w+ )?(?:controversy|row|scandal|dispute over)"
    r"|(?:drew|draws|drawn|attracted) (?:the )?(?:flak|ire|fury|wrath)|furore"
    r"|(?:has|have|had) not (?:been )?paid (?:them|us|me|their invoices)"
    r"|apologi[sz]ed (?:in|on) \w+ (?:for|to|after)"
    r"|(?:leak|breach|hack)(?: in \w+| on \w+)? (?:that )?expos(?:ed|es|ing)"
    r"|protested (?:outside|against)|walked out\b[^.;]{0,20} over|lodged a complaint (?:with|about|against)"
    r"|copyright complaint|faces? (?:an? )?(?:\w+ )?(?:probe|inquiry|investigation)|"
    r"data (?:breach|leak)|(?:was|were|been) suspended (?:on|from|after|by)|demanding that"
    r"|drew (?:complaints|criticism|fire|an outcry|protests)|outcry|uproar|disinformation|propaganda"
    r"|fake news|deepfakes of (?:celebrities|public figures|politicians|actors|real people|women)"
    r"|exaggerated|misleading|misled|fabricated|plagiari\w+|allegations?|alleged to have|accused of"
    r"|wrongly claimed|fake (?:reviews|users|customers|accounts)|apologi[sz]ed (?:for|to|after)|fined(?! no)"
    r"|(?:came|comes?|is|was|been|coming) under (?:fire|criticism|attack|scrutiny)"
    r"|(?:fac(?:es?|ed|ing)|met with|provok(?:es|ed)|prompted|sparked|caused|draws|drew|drawn|attracted|run into)"
    r" (?:[\w-]+ ){0,3}?(?:criticism|backlash|outcry|anger|fury|protests?|complaints|accusations|condemnation"
    r"|boycott|ire)"
    r"|call(?:s|ed|ing)? for (?:a |the )?(?:boycott|ban|investigation|inquiry) (?:of|on|into)"
    r"|(?:suspended|withdrew|withdrawn|pulled|removed|disabled|took down|taken down|paused|restricted)\b[^.;]{2,60}"
    r"\b(?:after|following|amid) (?:\w+ ){0,3}?(?:complaints?|complained|backlash|outcry|criticism|protests?|anger)"
    r"|used to (?:make|create|produce|generate|spread|clone|impersonate)\b[^.;]{0,40}"
    r"\b(?:deepfakes?|fakes?|hoax|fraudulent|scams?)"
    r"|to (?:stop|cease|halt) (?:infringing|copying|cloning|imitating|scraping)"
    r"|(?:[Cc]ustomers|[Uu]sers|[Aa]rtists|[Aa]ctors|[Uu]nions?|[Cc]reators|[Vv]iewers|[Pp]arents|[Ee]mployees"
    r"|[Ff]reelancers"
    r"|[Tt]eachers|[Ii]llustrators)"
    r"(?: have| had)? complain(?:ed)?"
    r"|(?:failed|refused) to pay (?:its )?(?:staff|employees|freelancers|suppliers|artists|actors)"
    r"|stopped paying (?:its )?(?:staff|employees|freelancers|suppliers|artists|salaries|wages)"
    r"|(?:salaries|wages) (?:had |have |were )?(?:stopped|gone unpaid|unpaid|not been paid|not paid)"
    r"|open letter\b[^.;]{0,60}\b(?:attack|accus|condemn|criticis|denounc|demand)\w*"
    r"|(?:signed|started|launched) a petition (?:against|asking|demanding|calling))\b"
)
_COMPLAINT = GatedPattern(r"\b[Cc]omplaint (?:was )?(?:filed|lodged)\b|\AIn (?:a|its|their|the) (?:\w+ )?complaint\b")
_MADE_WITH = GatedPattern(
    r"\b(?:made|created|generated|produced) (?:with|using|by) (?:its |the company['’]s |the startup['’]s )?"
)
_FAKED = re.compile(
    r"\b(?:[Ff]ake (?:\w+ )?(?:ads?|adverts?|advertisements?|news|reports?|videos?|images?|clips?"
    r"|doctors?|interviews?|endorsements?|reviews?|accounts?|nudes?)|[Ff]raudulent|[Ff]raud|[Ss]cams?|[Dd]eepfakes?"
    r"|[Hh]oax|[Ff]abricated|[Ss]windle)\b"
)
"""What is made with a company's tool and is a fraud: "dozens of fake advertisements made with its software"."""


_BLAMES = re.compile(
    r"\b(?:sent|wrote to|cease-and-desist|accus\w+|demanded|demanding|asked|told|ordered|urged|complain\w*"
    r"|call(?:s|ed|ing)? for|petition|open letter)\b"
)
_ITS_HEADS = re.compile(
    r" (?:the|its|their) (?:[\w-]+ ){0,2}?(?:chief executive|founders?|CEO|management|bosses|executives)\b"
)
_HEADS = frozenset(("founder", "founders", "executives", "management", "chief", "bosses", "leaders"))


_PREVENTS = re.compile(r"block|ban|remove|forbid|prevent|filter|prohibit|detect|watermark|fight|refuse")


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """An allegation against a named company; a suit is told as a suit."""
    match = _WORDS.search(sentence.text)
    if (_COURT.search(sentence.text) or _COMPLAINT.search(sentence.text)) and "No lawsuit" not in sentence.text:
        return
    for deed in deeds(sentence, "controversy"):
        company = _accused(sentence, document, deed)
        if company is not None:
            yield _claim(sentence, document, company, deed.start, deed.end)
            return
    acting = sentence.parsed.at(match.start()) if match is not None else None
    if match is not None and not (acting is not None and _PREVENTS.fullmatch(acting.verb.lemma)):
        company = _suffers(sentence, document, match.start())
        if company is not None:
            yield _claim(sentence, document, company, match.start(), match.end())
            return
    made = _MADE_WITH.search(sentence.text)
    if made is not None and _FAKED.search(sentence.text):
        near = [each for each in references(sentence, document) if made.start() <= each.start <= made.end()]
        if near:
            yield _claim(sentence, document, near[-1].company, made.start(), made.end())


def _accused(sentence: Sentence, document: Document, deed: Deed) -> CompanyName | None:
    statement = deed.statement
    if deed.kind == "misdeed":
        if statement.verb.passive or not re.search(
            r"\b(?:alleg\w+|accus\w+|claim|employee|illustrator|animator|actor|actress|author|photographer|customers|users|creators|artists|invoice|employees|investors"
            r"|Services|videos|content|copyright|films?|characters)\b",
            sentence.text,
        ):
            return None
        if statement.verb.lemma == "fake" and statement.verb.form == "base":
            return None  # "finds fake videos"
        subject = statement.subject
        company = subject_company(subject, sentence, document)
        heads = company is None and subject is not None and subject.head in _HEADS
        return sentence.topic if heads else company
    if statement.verb.passive:
        return subject_company(statement.subject, sentence, document)
    if _ITS_HEADS.match(sentence.text, deed.end):
        return sentence.topic
    for each in references(sentence, document):
        if deed.end <= each.start <= deed.end + 60 and not re.search(
            r"\b(?:for|of|with)\b", sentence.text[deed.end : each.start]
        ):
            return each.company if each.named else _sent_to(sentence, document, deed) or each.company
    return None


def _sent_to(sentence: Sentence, document: Document, deed: Deed) -> CompanyName | None:
    """Whom a letter goes to that "accuses it": "Disney sent Google a letter that accuses it of copying"."""
    for statement in sentence.parsed.statements:
        if statement.verb.lemma in ("send", "write", "issue") and statement.verb.end < deed.start:
            for each in references(sentence, document):
                if each.named and statement.verb.end <= each.start < deed.start:
                    return each.company
    return None


def _suffers(sentence: Sentence, document: Document, place: int) -> CompanyName | None:
    """The company a letter goes to or a complaint is about: the object of the verb, else who is talked about."""
    statement = sentence.parsed.at(place)
    acting = subject_company(statement.subject, sentence, document) if statement is not None else None
    if (
        statement is not None
        and acting is not None
        and statement.verb.lemma not in ("send", "write", "warn", "tell", "ask", "accuse")
        and not _BLAMES.search(sentence.text)
    ):
        return acting
    for each in references(sentence, document):
        if (
            statement is not None
            and statement.subject is not None
            and each.start > statement.subject.end
            and each.start <= place + 60
        ):
            return each.company
    return party_at(sentence, place, document)


def _claim(sentence: Sentence, document: Document, company: CompanyName, start: int, end: int) -> Claim:
    status: Status | None = "denied" if unrealised(sentence, start, end) == "denied" else None
    on = date_of(document, sentence, start)
    return make(document, sentence, "controversy", company, (start, end), status=status, on=on)
