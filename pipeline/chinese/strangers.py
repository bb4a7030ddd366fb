"""Companies a Chinese text speaks of without a name we could follow: what 该公司 and 其 behind them are is not ours."""

from __future__ import annotations

import re
from typing import Literal

from pipeline.chinese.clauses import Clause
from pipeline.chinese.patterns import any_of, gated
from pipeline.chinese.people import people_in

Place = Literal["none", "object", "subject"]
"""Where a clause speaks of a stranger: not at all, as one acted upon, or as the one who acts."""

_PREDICATE = re.compile(r"(?:是|为|作|作为|成为|成|像|即|算|等于|不过|仅|由|变成|建成|打造|做成)(?:了|的|又|也)?\s?\Z")
"""「爱诗科技是一家…公司」 speaks of nobody else."""
_POSSESSED = re.compile(r"的?(?:公司|企业|初创|新创|创企|团队|机构)?\s?[“「]?\Z")


def stranger_in(clause: Clause) -> Place:
    """Whether a clause speaks of a company without a name we know: 「一家做配音的创业公司裁员三成」."""
    text = clause.sentence.text
    named = gated("chinese_clauses", "named_strangers").search(text, clause.head, clause.end)
    if named is not None and not _is_known(clause, named.start("name"), named.end("name")):
        return "subject" if not clause.mentions or named.end() <= clause.mentions[0].start else "object"
    found = gated("chinese_clauses", "some_company").search(text, clause.start, clause.end)
    if found is None or _PREDICATE.search(text, clause.start, found.start()):
        return "none"
    if any(found.start() <= each.start < found.end() for each in clause.mentions):
        return "none"
    behind = next((each for each in clause.mentions if each.start >= found.end()), None)
    if behind is not None and _POSSESSED.match(text, found.end(), behind.start):
        return "none"
    if any_of("chinese_clauses", "blocks").search(text, clause.head, found.start()):
        return "object"
    return "object" if any(each.end <= found.start() for each in clause.mentions) else "subject"


def _is_known(clause: Clause, start: int, end: int) -> bool:
    """Whether a name is a company's we know, or a person's."""
    spans = [(each.start, each.end) for each in clause.mentions]
    spans += [(each.start, each.end) for each in people_in(clause)]
    return any(begin < end and start < stop for begin, stop in spans)


def founded_by(clause: Clause) -> bool:
    """Whether a clause begins with who founds, or rivals, somebody else: 「Runway前员工创办的…」."""
    if not clause.mentions:
        return False
    text = clause.sentence.text
    return gated("chinese_clauses", "anothers_company").search(text, clause.mentions[0].end, clause.end) is not None
