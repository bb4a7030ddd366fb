"""People a Chinese clause presents with their post: 「现在的首席技术官是从…请来的方以宁」, 「接替他的是程思远」."""

from __future__ import annotations

import re
from functools import cache

from pipeline.chinese.clauses import Clause
from pipeline.chinese.patterns import HAN, alternation
from pipeline.lexicon_files import lexicon
from pipeline.matching.gated_pattern import GatedPattern


@cache
def name_pattern() -> str:
    """A person's name, as the group `name`."""
    table = lexicon("pipeline.lexicon", "chinese_people")
    family = rf"(?:{'|'.join(table['compound_surnames'])}|[{table['surnames']}])"
    letter = rf"(?![{re.escape(table['not_in_name'])}])[{HAN}]"
    given = rf"(?:以[{HAN}](?<![其及来内外上下前后为便致])|(?:{letter}){{1,2}})"
    latin = r"[A-Z][a-zA-Z'-]+(?: [A-Z][a-zA-Z'-]+)+"
    return rf"(?P<name>{latin}|{family}{given}|[{HAN}]{{1,5}}·[{HAN}]{{1,6}})"


@cache
def _head() -> GatedPattern:
    comes = r"(?:请来|挖来|招来|聘来|引进|加入|加盟|空降|到任|上任)"
    return GatedPattern(
        rf"(?:现在|现任|新任|新)的?(?P<role>{alternation('chinese_people', 'roles')})(?:则|就|正)?是"
        rf"[^，。；]{{0,4}}(?:从[^，。；]{{2,16}}?)?{comes}的{name_pattern()}(?=[。，；”]|$)"
    )


@cache
def _successor() -> GatedPattern:
    prefixes, roles = alternation("chinese_people", "prefixes"), alternation("chinese_people", "roles")
    return GatedPattern(
        rf"(?:(?:接替|接任|接棒|接班|顶替|替换|取代|代替|补位|填补)(?:他|她|其)(?:的?(?:职位|位置|职务|空缺|空位))?的人?"
        rf"|(?:接任|接替|继任|接棒|接班|候任|替任|补位|接手|顶上来|坐上[^，。；]{{0,6}})(?:者|(?<!接替)的)人?|接班人|继任人|接任人选?|替补)"
        rf"(?:则|将|正|便|就|也)?(?:是|为)(?:[^，。；]{{2,16}}的)?(?:[^，。；]{{0,8}}?(?:原|前|现任)?(?:{prefixes})*{roles})?"
        rf"{name_pattern()}(?=[。，；”（(]|$)"
    )


def head_in(clause: Clause) -> re.Match[str] | None:
    """Who is said to hold a post now, and which: groups `role` and `name`."""
    return next(_head().finditer(clause.sentence.text, clause.start, clause.end), None)


def successor_in(clause: Clause) -> re.Match[str] | None:
    """Who is said to follow the one told last: group `name`."""
    return next(_successor().finditer(clause.sentence.text, clause.start, clause.end), None)
