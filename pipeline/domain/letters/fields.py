"""What stands in the slots of a letter (岚政办发〔2022〕20号 附件2)."""

from dataclasses import replace
from unicodedata import east_asian_width

from pipeline.domain.letters.model import Letter
from pipeline.domain.wording import digit_by_digit

FIELDS = (
    "编号", "编号大写", "姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址", "落款", "年", "月", "日",
    "补打", "验证码",
)  # fmt: skip
"""Placeholders of ``templates/letter.docx``."""
GIVEN = ("编号", "编号大写", "年", "月", "日", "补打", "验证码")
"""Those of them that the program itself makes; the others come from the clerks' tables."""
MARK = "验证码"
"""Placeholder without text: the verification mark is drawn there, its lower left corner on the baseline."""
AGAIN = "补打"
"""Placeholder that stays empty but on a letter that is printed again: which time it is."""
OPTIONAL = (AGAIN, MARK)
"""Placeholders that a template may do without."""
AT_LEAST = {"编号": 2, AGAIN: 2}
"""Placeholders that must stand more than once: they are on both halves of the sheet."""


def fields_of(letter: Letter) -> dict[str, str]:
    """Placeholder → text. On a blank letter the applicant's six stay empty, as do month and day without a date."""
    who, day, serial = letter.applicant, letter.day, letter.serial
    return {
        "编号": letter.printed,
        "编号大写": digit_by_digit(f"{serial.unit}-{serial.number:04d}"),
        "姓名": who.name if who else "",
        "身份证号": who.id_no if who else "",
        "联系方式": who.phone if who else "",
        "名称": who.business if who else "",
        "主要经营": who.scope if who else "",
        "经营地址": who.address if who else "",
        "落款": letter.signature,
        "年": str(day.year if day else serial.year),
        "月": str(day.month) if day else "",
        "日": str(day.day) if day else "",
        AGAIN: f"补打·第{letter.reprint}次" if letter.reprint else "",
        MARK: "",
    }


def with_text(letter: Letter, field: str, text: str) -> Letter:
    """The letter with another text in a field that comes from the clerk's tables: an applicant's, or 落款.

    :raises ValueError: the field is none of these.
    """
    if field == "落款":
        return replace(letter, signature=text)
    if letter.applicant is None:
        raise ValueError(field)
    who = letter.applicant
    match field:
        case "姓名":
            who = replace(who, name=text)
        case "身份证号":
            who = replace(who, id_no=text)
        case "联系方式":
            who = replace(who, phone=text)
        case "名称":
            who = replace(who, business=text)
        case "主要经营":
            who = replace(who, scope=text)
        case "经营地址":
            who = replace(who, address=text)
        case _:
            raise ValueError(field)
    return replace(letter, applicant=who)


def emptied(letter: Letter) -> Letter:
    """The letter as a blank one, signed with its unit's short name."""
    return Letter(letter.serial, letter.printed, letter.unit_name, letter.unit_name, None, None)


def width_em(text: str) -> float:
    """Width in ems: a hanzi 1, a Latin letter or digit about ½."""
    return sum(1.0 if east_asian_width(character) in "WFA" else 0.5 for character in text)
