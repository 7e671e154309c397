"""The words around a quantity, as patterns composed from `seeds/lookups/verbs.csv`.

In: the text between the last boundary and a quantity (`left`). Out: compiled patterns that `relate` reads
it with. Every pattern is anchored to the end of a short left context, so none walks a whole report.
"""

import re
from functools import cache
from typing import NamedTuple

from seeds import lookup


@cache
def words(role: str) -> dict[str, str]:
    """The words of a role with their sign (`+`, `-` or '')."""
    return {r["word"]: r["sign"] for r in lookup("verbs") if r["role"] == role}


def any_of(items: "list[str] | dict[str, str] | tuple[str, ...]") -> str:
    return "|".join(re.escape(w) for w in sorted(items, key=len, reverse=True))


class Patterns(NamedTuple):
    growth: re.Pattern[str]
    rate: re.Pattern[str]
    to: re.Pattern[str]
    compare: re.Pattern[str]
    share: re.Pattern[str]
    gain: re.Pattern[str]
    link: re.Pattern[str]
    opener: re.Pattern[str]
    breaker: re.Pattern[str]
    flow: re.Pattern[str]


# Adverbs that stand between a basis and its verb.
_ADVERB = (
    "(?:名义|实际|可比|平均|又|再|大幅|显著|小幅|逆势|累计|已经?|均|也|分别|净|同口径|口径|持续|稳步|稳定|快速|明显|仍|将|可|继续|预计|力争|只|仅|略|微|的|"
    "年均|同比|环比|有所|分别同比|各|总体|高速|进一步|实现|实现了|合计|预期|都|还(?!款|贷|原)|呈|由|大约|共|要|确保|不|按年|约|超|近|双双|均实现|保持|、|\\s)*"
)
_BASIS = (
    "(?P<basis>同比|环比|年均|按年|按可比价格?计算|按可比口径|扣除[^，；。]{1,8}因素后?"
    "|(?<![占同环对])比(?![重例率值对])[^，；。：]{1,20}?|(?<!计)(?<!(?<!占)比)较(?![大快好高为强多少])[^，；。：]{1,20}?|与[^，；。：]{1,18}?相比)?"
)
# What may stand between a verb and its figure.
_TAIL = (
    "(?:了|达到了?|达|为|约为|大约|约|近|将近|接近|超过|超出|超|突破|逾|不低于|不少于|至少|不超过|不足|不到|最高|最低|高达|多达|在|至|到|率|"
    "幅度|幅|速度|：|:|保持在|稳定在|维持在|控制在|左右|上|又|已|均|分别|各|预计|力争|确保|目标|是|都|也|仅|只|有|或|的|\\s)*$"
)


@cache
def patterns() -> Patterns:
    up_down = any_of([*words("up"), *words("down")])
    rate = any_of(words("rate"))
    to_verb = any_of(words("to"))
    link = any_of(words("link"))
    return Patterns(
        growth=re.compile(rf"{_BASIS}{_ADVERB}(?P<verb>{up_down})(?!值){_TAIL}"),
        rate=re.compile(rf"(?P<noun>{rate}){_ADVERB}(?P<basis>$)?{_TAIL}"),
        to=re.compile(
            rf"(?:由|从)?(?P<verb>{to_verb})(?:了)?(?:到了?|至|为|成)(?:[^，；。]{{0,6}}的)?(?:约|近|超过|超|突破|逾|{link})*$"
        ),
        compare=re.compile(
            rf"{_BASIS}(?P<verb>{any_of(words('compare'))})(?P<object>[^，；。：]{{0,22}}?)(?:约|近|超过|超|了|出)*$"
        ),
        share=re.compile(
            r"(?:(?<![抢侵霸独领征])占(?!比|地(?!区)|有)(?P<basis>[^，；。：]{0,28}?)(?:的)?(?P<ratio>比重|比例|份额|百分比)?|(?P<noun>占比|比重|比例|份额|占有率))"
            rf"(?:{_ADVERB})(?P<move>{any_of([*words('up'), *words('down')])})?{_TAIL}"
        ),
        gain=re.compile(
            rf"(?P<verb>{any_of([w for w in words('gain')])})(?!值|长|就业|退)(?P<object>[^，；。：]*)$"
        ),
        link=re.compile(rf"(?:{link}|：|:|\s)+$"),
        opener=re.compile(
            r"^(?:其中|但|另外|我们|最高|最低|此外|同时|并且|而且|并|且|而|还|又|也|再(?!生|制|融)|已经?|累计|共(?!建|享|同|有产|和|治)|全年|截至|目前|分别|以及|及|和|与(?!会)|、|，|的|将(?!军)|其(?!他)|该|各类|各项|现有|现(?!代|金|场|货|存)|已有|拥有|有(?!效|机|色|限|关|轨|线|害|偿)|到(?!位|账|港|期)|至|，|在(?!建|校|研|册|岗|职|孵|园|库|外|线|用)|预计|力争|确保|要(?!素|害|件)|均(?!价|衡)|仅|先后|成功|推动|截止|期末|年末|当年|当月|本月|累计已?|尤其是?|特别是|包括|含|一是|二是|三是|四是|五是|达到|达(?!标|产|成)|通过(?!率)|按(?!揭)|于|了|：|:|\s|-|—|·|●|■|◆|\(|\)|[\(（][一二三四五六七八九十\d]{1,3}[\)）]|[一二三四五六七八九十]{1,2}、|\d{1,2}[.、．])+"
        ),
        breaker=re.compile(any_of(words("breaker"))),
        flow=re.compile(any_of(words("flow"))),
    )
