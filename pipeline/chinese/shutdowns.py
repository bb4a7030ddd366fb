"""Companies that close and products that end, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim, Status
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.entries import company_of
from pipeline.chinese.patterns import any_of, gated
from pipeline.chinese.product_parts import named_part, part_behind, product_in
from pipeline.chinese.products import Product, products_in
from pipeline.chinese.subject_places import company_at
from pipeline.chinese.tell import tell
from pipeline.chinese.walk import when
from pipeline.names.company_name import CompanyName

_SEVERAL = re.compile(r"等[\d一二两三四五六七八九十多]+家")
_OF_PRODUCTS = re.compile(
    r"下架|下线|停用|停止(?:更新|维护|开放|销售|开发)|(?:说)?再见|[从自]|退役|退场|撤|停售|停产|不再|拿掉|全部|陆续|逐步|统一|无法|不能|网站"
    r"|官网|应用|App|停更|停了|砍掉|叫停|移除|停掉"
)
"""What happens to products alone: without one whose name we read, nothing is told of the company."""
_OBJECT = re.compile(r"了?(?:旗下的?|其|自家)?[^，。；A-Z]{0,10}[“「《]?[A-Z][A-Za-z]*[ \d]")
_OWN_THING = re.compile(r"了?(?:其|旗下的?|自家)?[^，。；]{0,8}?(?:产品|业务|服务|工具|App|应用|版本|部门|项目|产品线)")
"""「停止运营旧版产品」 ends no company."""
_OWN_TEAM = re.compile(
    r"(?:解散|关闭|关停|砍掉|裁撤|关掉|撤销)(?!了?(?:整个|全部|原|项目)?团队)了?(?:整个|全部|其|旗下|位于)?[^，。；]{0,14}?"
    r"(?:组|部|部门|团队|小组|实验室|办公室|分部|分公司|中心|研究院|工厂|门店|事业部|产线|办事处|基地)(?=[，。；、和与及]|$)"
)
"""「解散了整个前期美术组」 ends no company."""
_OF_PLACE = re.compile(r"(?:棚|工厂|办公室|门店|基地|影院|分公司|分部|研发中心|办事处|展厅|官司|诉讼)[^，。；]{0,12}\Z")
"""「动捕棚将于12月31日熄灯」"""
_MAKER = re.compile(r"[”」》]?(?:App|APP|应用|平台)?的?(?:母公司|背后的?|运营方|开发商|开发方|运营公司|所属)")
"""「“快剪侠”母公司宣布解散」: the one who made it ends."""
_NOTICE = re.compile(r"公告|通知|公开信|声明|宣布")
_NOT_DONE = re.compile(r"(?:没有|并未|从未|未曾)\Z")
"""「没有解散团队」."""
_SPREAD = re.compile(r"(?:截图|帖子|传言|消息|爆料|聊天记录)[^。]{0,14}(?:流传|传开|疯传|热传|刷屏|广传)")
"""What makes the words quoted right before it a rumour."""
_BY_THEN = re.compile(r"(?:之|以)?前(?![景身途])")
"""「须在停运前自行导出」"""
_THIS_PRODUCT = re.compile(r"(?:该|这款|这一|此)(?:产品|应用|工具|平台|App|服务|软件)")
_NEAR = 12
_ANNOUNCED = re.compile(r"申请(?=[^，。；]{0,4}(?:破产|清算))|将|宣布|即将|计划(?:于|在)")


def read(page: Page) -> Iterator[Claim]:
    """A shutdown; with a product beside the verb it is the product's, else the company's."""
    last: Product | None = None
    for number, sentence in enumerate(page.sentences, 1):
        is_spread = sentence.text.startswith("“") and any(
            _SPREAD.search(behind.text) for behind in page.sentences[number : number + 1]
        )
        for clause in sentence.clauses:
            named = products_in(page, clause)
            last = named[-1] if named else last
            match = gated("chinese_events", "shutdown", "ends").search(sentence.text, clause.start, clause.end)
            if match is None or any_of("chinese_events", "shutdown", "not").search(clause.text):
                continue
            if _BY_THEN.match(sentence.text, match.end()) or _OWN_TEAM.match(sentence.text, match.start(), clause.end):
                continue
            status = _status(clause, match, is_spread=is_spread)
            if sentence.is_question and status != "denied":
                continue
            several = _SEVERAL.search(sentence.text, clause.start, match.start())
            if several:
                yield from _each_of_several(page, clause, several.start())
                continue
            yield from _one(page, clause, match.start(), match.end(), status, last)


def _one(
    page: Page, clause: Clause, place: int, end: int, status: Status | None, last: Product | None
) -> Iterator[Claim]:
    product = product_in(page, clause, place, last) or part_behind(page, clause, end) or _part_before(clause, place)
    product = product or named_part(page, clause, place, end) or _announced(clause, last)
    if product is None and last is not None and _THIS_PRODUCT.search(clause.sentence.text, clause.start, place):
        product = last
    if product is not None and _MAKER.match(clause.sentence.text, product.end, clause.end):
        product = None
    if product is None and _OF_PLACE.search(clause.sentence.text, clause.start, place):
        return
    company = product.owner if product else company_at(clause, place) or _right_before(page, clause, place)
    text = clause.sentence.text
    if company is None or (
        product is None and (_OF_PRODUCTS.match(text, place) or _OBJECT.match(text, end) or _OWN_THING.match(text, end))
    ):
        return
    on = when(page, clause, place)
    fields = {"product": product.name if product else None}
    yield tell(page, clause, "shutdown", company, status=status, on=on, fields=fields)


def _right_before(page: Page, clause: Clause, place: int) -> CompanyName | None:
    """「法院受理澄影科技破产申请」: the company named right before the word, whoever acts."""
    named = next((each for each in clause.mentions if each.end == place), None)
    return company_of(named, page) if named is not None and named.kind == "company" else None


def _part_before(clause: Clause, place: int) -> Product | None:
    """「安卓版不会停」: a part that begins what is said."""
    text = clause.sentence.text
    for match in any_of("chinese_events", "launch", "parts").finditer(text, clause.head, place):
        if place - match.end() <= _NEAR and clause.subject is not None and not clause.is_foreign:
            return Product(*match.span(), match[0], clause.subject, f"{clause.subject.key}/{match[0]}")
    return None


def _announced(clause: Clause, last: Product | None) -> Product | None:
    """The product that gives notice of its own end: 「腾讯智影发布公告：将于8月28日停止服务」."""
    first = clause.sentence.clauses[0]
    if last is None or clause is first or clause.named or not first.mentions or clause.subject != last.owner:
        return None
    itself = first.mentions[-1]
    return last if itself.kind == "product" and itself.start == last.start and _NOTICE.search(first.text) else None


def _status(clause: Clause, match: re.Match[str], *, is_spread: bool) -> Status | None:
    """What is announced for a day to come counts as done; talk and plans do not, nor do words only handed round."""
    if _NOT_DONE.search(clause.sentence.text, clause.start, match.start()):
        return "denied"
    if is_spread:
        return "rumored"
    if clause.standing != "rumored":
        return clause.standing
    before = clause.sentence.text[clause.start : match.end()]
    without = _ANNOUNCED.sub("", before)
    if any_of("chinese_standing", "rumored", "before").search(without):
        return "rumored"
    return None if clause.sentence.said_by in ("company", "none", "filing", "court") else "rumored"


def _each_of_several(page: Page, clause: Clause, before: int) -> Iterator[Claim]:
    """A、B等4家宣布关停: each company named before 等."""
    for mention, company in clause.companies():
        if mention.end <= before + 1:
            own = [each.date for each in clause.dates if each.date is not None]
            on = own[0] if len(own) == 1 else None
            yield tell(page, clause, "shutdown", company, status=clause.standing, on=on)
