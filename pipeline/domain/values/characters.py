"""One rule for the characters of every cell: what nobody sees is dropped, and a radical is the hanzi that it looks like.

Texts that come from phones and web pages bring marks that are drawn as nothing; texts copied from a PDF have ⼭ (U+2F2D)
where 山 (U+5C71) is meant, since a font draws both with one glyph. All other characters stay as typed: ①, ㎡ and
full-width digits are printed as they stand.
"""

import re
import unicodedata

INVISIBLE = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""What is drawn as nothing, to stand in brackets of a regular expression: Unicode's Default_Ignorable_Code_Point.

Direction marks, joiners, soft hyphens, byte order marks. Variation selectors too: they choose among the shapes of one and
the same character, official fonts have none of these, and no register of persons knows them.
"""
_SIGNS = re.compile(f"([{INVISIBLE}])|[\u2e81-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f]")
_ORDINARY = re.compile("[\u3000-\u303f\u3400-\u9fff\x00-\xac\u2010-\u2027\uff01-\uff5e]*")
"""What nearly every text is made of, quicker to see than that there is no such sign."""
_SUPPLEMENT = "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
_AS_HANZI = "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
_HANZI = dict(zip(_SUPPLEMENT, _AS_HANZI, strict=True)) | {"⼾": "户"}
"""Radicals that Unicode does not decompose → Equivalent_Unified_Ideograph.

⼾ is none of these, but fonts of the mainland draw it as 户, where Unicode has the 戶 of Taiwan.
"""


def legible(text: str) -> str:
    """A text without what is drawn as nothing, with radicals and compatibility ideographs as the hanzi that they are."""
    return text if is_ordinary(text) else _SIGNS.sub(_read, text)


is_ordinary = _ORDINARY.fullmatch
"""Whether nothing in a text can be in need of that, told quickly."""


def radicals_in(text: str) -> str:
    """The radicals and compatibility ideographs of a text."""
    return "".join(match[0] for match in _SIGNS.finditer(text) if _read(match) not in {"", match[0]})


def _read(sign: re.Match[str]) -> str:
    if sign[1]:
        return ""
    return _HANZI.get(sign[0]) or unicodedata.normalize("NFKC", sign[0])
