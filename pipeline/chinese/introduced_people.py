"""People a Chinese clause presents with their post: 「现在的首席技术官是从…请来的方以宁」, 「接替他的是程思远」."""

from __future__ import annotations

import re
from functools import cache

from pipeline.chinese.clauses import Clause
from pipeline.chinese.patterns import HAN, alternation
from pipeline.lexicon_files import lexicon
from pipeline.matching.gated_pattern import GatedPattern


@cache
def _name() -> str:
    family = lexicon("pipeline.lexicon", "chinese_people")["surnames"]
    return rf"(?P<name>[A-Z][a-zA-Z'-]+(?: [A-Z][a-zA-Z'-]+)+|[{family}][{HAN}]{{1,2}}|[{HAN}]{{1,5}}·[{HAN}]{{1,6}})"


@cache
def _head() -> GatedPattern:
    comes = r"(?:请来|挖来|招来|聘来|引进|加入|加盟|空降|到任|上任)"
    return GatedPattern(
        rf"(?:现在|现任|新任|新)的?(?P<role>{alternation('chinese_people', 'roles')})(?:则|就|正)?是"
        rf"[^，。；]{{0,4}}(?:从[^，。；]{{2,16}}?)?{comes}的{_name()}(?=[。，；”]|$)"
    )


@cache
def _successor() -> GatedPattern:
    prefixes, roles = alternation("chinese_people", "prefixes"), alternation("chinese_people", "roles")
    return GatedPattern(
        rf"(?:(?:接替|接任|接棒)(?:他|她|其)(?:职位|位置|职务)?的|(?:接任|接替|继任)者|接班人)(?:则|将|正|便)?(?:是|为)"
        rf"(?:[^，。；]{{2,14}}的)?(?:(?:原|前|现任)?(?:{prefixes})*{roles})?{_name()}(?=[。，；”（(]|$)"
    )


def head_in(clause: Clause) -> re.Match[str] | None:
    """Who is said to hold a post now, and which: groups `role` and `name`."""
    return next(_head().finditer(clause.sentence.text, clause.start, clause.end), None)


def successor_in(clause: Clause) -> re.Match[str] | None:
    """Who is said to follow the one told last: group `name`."""
    return next(_successor().finditer(clause.sentence.text, clause.start, clause.end), None)
