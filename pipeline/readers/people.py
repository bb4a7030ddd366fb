"""Names and roles of people in a sentence."""

from __future__ import annotations

import re

PERSON_EN = r"(?:[A-Z][\w’'-]+|[A-Z]\.)(?: (?:[A-Z][\w’'-]+|[A-Z]\.|de|van|von|bin|al)){1,3}"
PERSON_ZH = r"(?:[A-Z][A-Za-z.'-]+(?: [A-Z][A-Za-z.'-]+){1,2}|[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8})?|[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴郁胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧盖](?:(?![前后年月日初末内外间里上下中本各该其等们的了是在和与及宣布表示离加])[\u4e00-\u9fff]){1,2})"
ROLE_EN = (
    r"(?:(?:interim|acting|founding|outgoing|former|new|global|deputy|joint|co-)[ -]?)*"
    r"(?:chief (?:executive|technology|technical|financial|operating|product|scientific|science|research|revenue|marketing|commercial|business|"
    r"people|legal|creative|content|AI|strategy|growth|security|communications)(?: officer)?|chief scientist|chief of staff|co-chief executives?|co-CEOs?|CEO|CTO|CFO|COO|CPO|CMO|CRO|"
    r"(?:executive |non-executive )?(?:chairman|chairwoman|chairperson|chair)|(?:vice[ -])?president(?: of [\w ]{2,24}?)?|"
    r"(?:senior )?(?:vice president|VP)(?: of [\w ]{2,24}?)?|head of [\w ]{2,30}?|director of [\w ]{2,24}?|general counsel|"
    r"co-?founders?|founders?|managing director|general manager|board (?:member|director)|research (?:lead|director)|team lead|lead researcher)"
)
ROLE_ZH = (
    r"(?:(?:临时|代理|联席|联合|前|首任|新任|执行|高级|资深|全球|集团|公司)*"
    r"(?:首席(?:执行|技术|财务|运营|产品|科学|营销|战略|商务|人力资源|信息|增长|法务|内容)?(?:官|科学家|架构师)|CEO|CTO|CFO|COO|CPO|CMO|VP|行政总裁|"
    r"董事会主席|董事长|副董事长|总裁|副总裁|总经理|副总经理|创始人|联合创始人|负责人|[\u4e00-\u9fffA-Za-z]{0,8}(?:负责人|主管|总监|业务负责人)|董事|董事会成员|科学家|研究员|主管|总监|掌门人)"
    r"(?:兼(?:联席|联合|首席)?(?:执行官|CEO|CTO|董事长|总裁|创始人|首席执行官|首席科学家|首席技术官))?)"
)
_NOT_PEOPLE = re.compile(
    r"\b(?:The|A|An|AI|Inc|Labs?|Studio|Series|Capital|Ventures|Video|Stability|Runway|Google|Meta|OpenAI|Chief|Former|New|January|February|March|"
    r"April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|"
    r"But|And|In|On|At|It|Its|Co-founder|Founder|Last|Two|Three|When|After|Before|His|Her|That|This|Mr|Ms)\b"
)


def is_person(name: str) -> bool:
    """Whether capitalised words can be a person's name: no company's, weekday's or sentence's beginning."""
    return not _NOT_PEOPLE.search(name)


def people_in(text: str, pattern: re.Pattern[str], start: int, end: int) -> list[tuple[int, int]]:
    """The spans of people's names between two places."""
    return [match.span() for match in pattern.finditer(text, start, end) if is_person(match[0])]
