"""What a Chinese article only heard, and what a denial beside or behind it takes back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from db.model import Claim
from db.values import PartialDate
from pipeline.chinese.clauses import Clause, Page, Sentence
from pipeline.chinese.patterns import any_of, gated

_BARE_DENIAL = re.compile(r"(?:否认|辟谣|不实|不属实)了?(?:此事|(?:该|这一|上述)(?:消息|报道|传闻|说法)|传闻)?[。”]*\Z")
_ENDED = re.compile(
    r"(?![^，。；]{0,20}(?:可能|或许|随时|仍有|不排除))(?:最终|但|后来|随后|最后|目前|现)*[^，。；]{0,14}?(?:谈判|洽谈|磋商|谈话|商谈|交易|接触|双方)?(?:已|均|均已|都|也|最终)*(?:告终止|终止|破裂|告吹|搁浅|中止|中断|叫停|停摆|没有?(?:找到|等到|等来)[^，。；]{0,8}(?:投资方|领投方|投资人|买家|接盘者)|未能?(?:谈成|谈拢|成行|达成(?:一致|协议)?|成交)|没有(?:谈成|谈拢|下文|结果|成功?)|未能?成功|未果|没成功|以失败告终|没了下文|谈崩|无果|不了了之|无疾而终|没(?:谈成|谈拢|成))[。”]*\Z"
)
"""「…曾商谈出售，但最终未能谈成」"""
_DENIES_REPORT = re.compile(
    r"(?:消息|报道|传闻|传言|说法|此事|上述内容|内容|信息)[^，。；]{0,6}(?:不实|不属实|失实|并非事实|是假的|有误)"
    r"|(?:否认|辟谣|澄清)了?(?:此事|(?:该|这一|这些|上述|相关)?(?:消息|报道|传闻|传言|说法|谣言))|纯属(?:谣言|虚构|捏造)|子虚乌有|没有的事|没有?这回事|并无此事|无中生有"
    r"|(?:回应|表示|称|说|回复|答复|澄清)[^。；]{0,10}[：:，]?[“「](?:不属实|不实|假的|没有|不存在|没这|谣言|否|纯属|不是真的|子虚乌有|无稽之谈)"
    r"|(?:否认|辟谣)了?[。”」]*$|予以否认|(?:否认|辟谣)(?=[：，])|发(?:布|表)?[^，。；]{0,6}声明[^，。；]{0,4}(?:否认|辟谣)|声明如下"
)
_STATEMENT = re.compile(r"系谣言|不实(?:信息|消息|传闻|报道)|辟谣|严正声明|澄清(?:声明|公告)")
"""In a title: the article takes back what it repeats."""
_HEARD = re.compile(r"网传|自媒体|流传|小作文|传言|传闻|谣言|有人(?:说|称)|帖子|网文|截图")
_SUPPOSED = re.compile(r"外面|外界|有人|听说|据说|网上|传(?!统|播|媒)|你们|您")
"""What an interviewer says so is a question without its mark."""
_ASKED = re.compile(r"(?:问起|问到|问及|追问|被问|谈到|谈及|对于|至于)[^，。；]{0,30}?(?:是否|会不会|有没有|要不要)")
_QUOTED_TALK = re.compile(r"(?:针对|对于|就|关于)[“「][^”」]{4,40}[”」](?:的|这一|一类)?(?:传闻|传言|说法|消息|报道)")
_NO_SUCH_THING = re.compile(
    r"[“「]?(?:目前|暂时|现阶段|短期内?|公司|我们|并)*(?:没有|暂无|尚无|无|并无|不存在)(?:任何|这样的?|此类|这类|相关|这方面的?|该)*"
    r"(?:安排|计划|打算|考虑|想法|意向|消息|事)[。”」]*\Z"
)
_REACH = 2
"""Sentences behind what was heard that may deny it."""


def settle_hearsay(page: Page) -> None:
    """Give every clause that a denial takes back the standing "denied", and its sentence the denial."""
    for sentence in page.sentences:
        _deny_rumours(sentence)
    _answer_questions(page.sentences)
    _answer_reports(page.sentences)
    _take_back(page.sentences)


def denials(page: Page, claims: Sequence[Claim]) -> Iterator[Claim]:
    """For each plan that a sentence behind denies, the denial: of the same thing, on the day it was denied."""
    planned: dict[tuple[str, int], Clause] = {
        (sentence.where, sentence.place + clause.end - len(clause.text.lstrip())): clause
        for sentence in page.sentences
        for clause in sentence.clauses
        if clause.denied_in is not None
    }
    for claim in claims:
        clause = planned.get((claim.where, claim.start)) if claim.status == "rumored" else None
        if clause is None or clause.denied_in is None:
            continue
        denial = clause.denied_in
        source = page.article.title if denial.where == "title" else page.article.text
        start, end = denial.place, denial.place + len(denial.text.rstrip("。"))
        dates = [each.date for each in denial.dates if each.date is not None]
        published = page.article.published
        yield replace(
            claim,
            status="denied",
            said_by="company",
            start=start,
            end=end,
            evidence=source[start:end],
            sentence=source[start : denial.place + len(denial.text)],
            event_date=dates[0] if dates else PartialDate(published.isoformat()) if published else None,
        )


def _deny_rumours(sentence: Sentence) -> None:
    """「外界传公司要关门，许砚6月20日否认」: a denial denies the clauses before it that told no more than talk."""
    denial: Clause | None = None
    for clause in reversed(sentence.clauses):
        bare = denial is not None and _BARE_DENIAL.search(denial.text) is not None
        talked = gated("chinese_standing", "talk").search(sentence.text, 0 if bare else clause.start, clause.end)
        if denial is not None and (clause.standing == "rumored" or talked):
            clause.standing = "denied"
            own = [each.date for each in denial.dates if each.date is not None]
            clause.denied_on = own[-1] if own else None
            if clause.text.strip().startswith(("也曾", "还曾", "又曾", "此外", "另外")):
                denial = None  # what was told before it is another matter
        ended = _ENDED.fullmatch(clause.text.strip()) is not None
        if clause.place and (ended or any_of("chinese_standing", "denied", "generic").search(clause.text)):
            denial = clause


def _answer_questions(sentences: Sequence[Sentence]) -> None:
    """What a question supposes is denied where the answer begins with a no."""
    for sentence in sentences:
        _answer_at_once(sentence)
    for asked, answered in pairwise(sentences):
        if not asked.is_question and not (_speaks(asked) and _speaks(answered) and _SUPPOSED.search(asked.text)):
            continue
        words = answered.clauses[-1 if len(answered.clauses) == 1 else 0 :]
        said = next((each for each in words if len(each.text.strip()) > 1 and not _is_speaker(each)), None)
        if said is not None and any_of("chinese_standing", "answers_no").match(said.text.strip()):
            for clause in asked.clauses:
                clause.standing = "denied"


def _answer_at_once(sentence: Sentence) -> None:
    """「有分析师问起可灵是否会独立融资，他答得干脆：目前没有这样的安排」: the answer denies what was asked."""
    for clause in sentence.clauses:
        asked, talked = _ASKED.search(clause.text), _QUOTED_TALK.search(clause.text)
        behind = sentence.clauses[clause.place + 1 : clause.place + 1 + _REACH] if asked or talked else []
        if any(_NO_SUCH_THING.match(each.text.strip()) for each in behind):
            if asked:
                clause.standing = "denied"
            elif clause.standing == "rumored":
                clause.denied_in = sentence


def _answer_reports(sentences: Sequence[Sentence]) -> None:
    """「有报道称公司已完成B轮融资。公司回应：消息不实」: what was only heard is denied by a sentence behind it.

    What is told as done is no more; a plan was talked of all the same, and its denial is news of its own.
    """
    for place, heard in enumerate(sentences):
        talk = gated("chinese_standing", "talk").search(heard.text) or _HEARD.search(heard.text)
        planned = any(each.standing == "rumored" for each in heard.clauses)
        if talk is None and not planned:
            continue
        behind = sentences[place + 1 : place + 1 + (_REACH if talk else 1)]
        denial = next((each for each in behind if each.where == heard.where and _DENIES_REPORT.search(each.text)), None)
        if denial is None or heard.is_question or denial.paragraph - heard.paragraph > 1:
            continue
        for clause in heard.clauses:
            if clause.standing == "rumored":
                clause.denied_in = denial
            elif talk is not None and clause.end > talk.start():
                clause.standing = "denied"


def _take_back(sentences: Sequence[Sentence]) -> None:
    """A statement against rumours denies whatever it repeats of them."""
    title = sentences[0] if sentences else None
    if title is None or title.where != "title" or _STATEMENT.search(title.text) is None:
        return
    for sentence in sentences:
        heard = _HEARD.search(sentence.text)
        for clause in sentence.clauses:
            if heard is not None and clause.end > heard.start():
                clause.standing = "denied"


def _speaks(sentence: Sentence) -> bool:
    """Whether a sentence of an interview begins with who says it."""
    return bool(sentence.clauses) and _is_speaker(sentence.clauses[0])


def _is_speaker(clause: Clause) -> bool:
    """「林栖：」"""
    return clause.sentence.text[clause.end : clause.end + 1] in ("：", ":") and clause.end - clause.start <= 8
