"""Users, paying customers, videos and employees in Chinese: figures without a currency."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from db.values import PartialDate
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.entries import company_of
from pipeline.chinese.figures import owner_of_figure
from pipeline.chinese.patterns import any_of
from pipeline.chinese.tell import tell
from pipeline.chinese.walk import as_of, standing_at
from pipeline.names.company_name import CompanyName
from pipeline.values.found import FoundCount

_KINDS = ("paying_users", "other", "videos", "users", "headcount")
_HOW_MANY = re.compile(r"团队|多少人|人手|员工")
_SMALLEST = {"paying_users": 20}
"""Under so many, or else under a hundred, a count is no figure of a business."""
_PEOPLE_OF = re.compile(
    r"(?P<kind>付费(?:订阅)?(?:用户|者)|订阅者|会员|注册用户|月活|日活|用户|创作者|客户)(?!体验|协议|反馈)"
)
_BUYS = re.compile(r"(?:企业|商家|品牌|开发者)[^，。；]{0,8}(?:接入|采购|签约|付费|订阅|提供[^，。；]{0,6}服务)")
_NEW = re.compile(r"新增|净增|新注册|流失")
"""Those that came in a while are not all there are."""
_OF_CLAUSES = 3
"""How many clauses back 「掉到9千人」 may find what people these are."""
_NOT_OURS = re.compile(r"(?:全球|中国|国内|行业|海外|整个)[^，。；]{0,6}\Z")
_OLD = re.compile(r"[从由]\d[\d.,]*\s?[万亿千百]*\Z")
"""The first of 「用户数从50万增至1100万」."""
_FROM = re.compile(r"[从由][^，。；\d]{0,8}\Z")
_SINCE = re.compile(r"[从由][^，。；\d]{0,4}\Z")
"""「月活从去年的800万涨到2400万」: that date is the older figure's."""
_CHANGES = re.compile(r"[^，。；\d]{0,4}(?:[减增裁降扩升涨缩压砍掉瘦收]|出发|起步|做起|起家)")
"""「从高峰时的80人减至12人」"""
_PART_BEFORE = re.compile(r"(?:其余|余下|剩余|另外?有?|其中|包括|辞退了?|解雇了?|裁掉了?|裁了)[^，。；\d]{0,2}\Z")
_PART_BEHIND = re.compile(
    r"[^，。；\d]{0,6}?(?:转岗|调岗|换岗|轮岗|并入|转入|划归|转到|随[^，。；]{0,6}加入|受影响|离开|离职|被裁|不在[^，。；]{0,4}范围)"
)
"""Those who stay behind or change hands are not all there are."""
_ALL_OF_THEM = re.compile(r"(?:名|位)?(?:员工|人|雇员)?(?:将|会|都|均)*(?:全部|悉数|全数|全员|一并|都将|均将)")
"""「Learnloft的85名员工将全部留任」: those are all there are."""
_WITH = re.compile(r"(?:用|使用|通过|借助|利用)\Z")
_MAKES = re.compile("生成|创作|制作|产出|做出")
_WISHED = re.compile(r"目标|力争|争取")


def read(page: Page) -> Iterator[Claim]:
    """A metric for each count whose thing we track."""
    asked = None
    for sentence in page.sentences:
        if sentence.is_question:
            asked = sentence
            continue
        if not any(clause.counts for clause in sentence.clauses):
            asked = None
            continue
        of_staff = asked is not None and _HOW_MANY.search(asked.text) is not None
        asked = None
        for clause in sentence.clauses:
            for count in clause.counts:
                kind = "headcount" if of_staff and count.unit == "人" else kind_of(clause, count)
                maker = _made_with(page, clause, count) if kind == "videos" else None
                company = maker or (owner_of_figure(page, clause, count.start, clause.counts) if kind else None)
                if kind is None or company is None or _WISHED.search(clause.text):
                    continue
                stay = _ALL_OF_THEM.match(sentence.text, count.end, clause.end) is not None
                status = None if stay else standing_at(clause, count.start, count.end)
                on = _counted_on(page, clause, count)
                yield tell(
                    page, clause, "metric", company,
                    status=status, money=count.number, on=on, fields={"metric": kind},
                )  # fmt: skip


def _made_with(page: Page, clause: Clause, count: FoundCount) -> CompanyName | None:
    """With whose product so many were made: 「用户已用Veo 3系列生成超过2.75亿条视频」."""
    text = clause.sentence.text
    for mention in clause.mentions:
        behind = text[mention.end : count.start] if mention.end <= count.start else ""
        if _WITH.search(text, clause.start, mention.start) and _MAKES.search(behind):
            return company_of(mention, page)
    return None


def _counted_on(page: Page, clause: Clause, count: FoundCount) -> PartialDate | None:
    """When so many were counted: not in the year whose revenue the clause before tells."""
    before = [each for each in clause.dates if count.start <= each.start < count.end]
    of_old = before and all(_SINCE.search(clause.sentence.text, count.start, each.start) for each in before)
    if of_old and len(before) == len(clause.dates) and page.article.published:
        return PartialDate(page.article.published.isoformat())
    on, source = as_of(page, clause, count.start), clause.date_from
    of_money = source is not None and not clause.dates and bool(source.money) and on == clause.date
    if on is None or not of_money or on.precision not in ("year", "quarter", "half"):
        return on
    return PartialDate(page.article.published.isoformat()) if page.article.published else None


def _spoken_of(clause: Clause, count: FoundCount) -> str | None:
    """Which people 「掉到今年10月的9千人」 counts, by the clauses before: the last ones spoken of in the sentence."""
    if count.number.amount < _SMALLEST.get("users", 100):
        return None
    first = clause.sentence.clauses[max(0, clause.place - _OF_CLAUSES)]
    told = list(_PEOPLE_OF.finditer(clause.sentence.text, first.start, count.start))
    if not told or any_of("chinese_events", "metric", "employs").search(
        clause.sentence.text, told[-1].end(), count.end
    ):
        return None
    paying = any_of("chinese_events", "metric", "paying_users").search(told[-1][0])
    return "paying_users" if paying else "users"


_ONLY_THEY = re.compile(
    r"(?:的|团队|公司|拢共|总共|一共|合计|共计|共|目前|现在|如今|眼下|迄今|也|就|才|只|仅|不过|有|是|约|近|不到|还|已|连[^，。；]{1,8}(?:在内|算上)|算上[^，。；]{1,8})+\Z"
)
"""「Pika拢共17号人」, 「公司只有九个人」: nothing stands between a company and how many they are."""


_BESIDE = re.compile(r"(?:和|与|同|及|拉上|带着|带上|跟)[^，。；\d]{0,3}\Z")
_SAY = re.compile(
    r"(?:则|均|都|也|向[^，。；]{1,8})?(?:说|称|证实|表示|透露|爆料|告诉|确认|回忆|指出|转述|估计|讲述|介绍|离开|出走|加入)"
)
_FEW = 20


def _are_only_some(text: str, clause: Clause, count: FoundCount) -> bool:
    """「李飞飞和三位同事」, 「两名员工证实」: whether a few are told of, and not how many there are."""
    if count.number.amount >= _FEW:
        return False
    return bool(_BESIDE.search(text, clause.start, count.start) or _SAY.match(text, count.end))


def _is_whole_staff(clause: Clause, count: FoundCount) -> bool:
    """Whether a clause says of a company no more than how many people it is."""
    if not clause.named or count.unit not in ("人", "员工", "雇员", "同事"):
        return False
    names = [each.end for each in clause.mentions if each.kind == "company" and each.end <= count.start]
    starts = names[-1] if names else clause.head
    ends = not clause.sentence.text[count.end : clause.end].strip(" 。")
    return ends and _ONLY_THEY.fullmatch(clause.sentence.text[starts : count.start].strip()) is not None


def kind_of(clause: Clause, count: FoundCount) -> str | None:
    """Which of our metrics a count is."""
    if count.unit == "%":
        return None
    text = clause.sentence.text
    if _OLD.search(text, count.start, count.end) or (
        _FROM.search(text, clause.start, count.start) and _CHANGES.match(text, count.end, clause.end)
    ):
        return None
    near = text[max(clause.start, count.start - 18) : min(clause.end, count.end + 8)]
    kind = next((name for name in _KINDS if any_of("chinese_events", "metric", name).search(count.unit)), None)
    if kind == "videos" and text.startswith(f"{count.unit}用户", count.start):
        kind = "users"
    own = text[max(clause.start, count.start - 6) : count.end]
    if kind == "users" and "注册" not in count.unit and any_of("chinese_events", "metric", "paying_users").search(own):
        kind = "paying_users"
    spoken_of = _spoken_of(clause, count) if count.unit == "人" else None
    if spoken_of is not None:
        kind = spoken_of
    if kind == "headcount" and _ALL_OF_THEM.match(text, count.end, clause.end) and text[: count.start].endswith("的"):
        return kind
    if kind == "headcount" and _are_only_some(text, clause, count):
        return None
    if kind == "headcount" and _is_whole_staff(clause, count):
        return kind
    if kind == "headcount":
        if text[clause.start : count.start].rstrip("约近超 ").endswith(("从", "由")):
            return None
        if _PART_BEFORE.search(text, clause.start, count.start) or _PART_BEHIND.match(text, count.end, clause.end):
            return None
        employs = any_of("chinese_events", "metric", "employs").search(near)
        hires = any_of("chinese_events", "metric", "hires").search(clause.text)
        return kind if employs and not hires else None
    if kind == "other" and _BUYS.search(text, count.start, clause.end):
        kind = "paying_users"
    if kind == "videos" and any_of("chinese_events", "metric", "each").search(near):
        kind = "other"
    if kind in ("users", "paying_users") and _NEW.search(text, max(clause.start, count.start - 6), count.end):
        return None
    if kind is None and count.unit.endswith("付费"):
        kind = "paying_users"
    direct = text.startswith(count.unit, count.start) and text[count.start + len(count.unit)].isnumeric()
    has = direct or any_of("chinese_events", "metric", "has").search(near)
    if kind is None or count.number.amount < _SMALLEST.get(kind, 100) or not (has or kind == "paying_users"):
        return None
    if text[clause.start : count.start].rstrip("约近超 ").endswith(("从", "由")):
        return None
    first = clause.sentence.clauses[0] is clause
    return None if first and not clause.named and _NOT_OURS.search(text[clause.start : count.start]) else kind
