"""What is told beside the figures: late records, what is nobody's, corrections."""

from collections.abc import Sequence

from pipeline.domain.statistics.figures import MonthFigures
from pipeline.domain.wording import chinese_date


def late_remark(figures: MonthFigures, corrected: Sequence[int] = ()) -> str:
    """What came late (补录), was withdrawn or changed its unit since the last bulletin; empty for nothing.

    :param corrected: months whose bulletins were corrected since, so that they hold it.
    """
    late = figures.late
    if late is None:
        return ""
    county = late.county
    moved = sum(own.new for own in late.units.values()) - county.new
    told = [
        f"{word}{'、'.join(f'{kind}{number}户' for kind, number in counts if number)}"
        for word, counts in (
            ("补录", (("新登记", county.new), ("注销", county.cancelled))),
            ("核减", (("新登记", county.withdrawn_new), ("注销", county.withdrawn_cancelled))),
            ("调整归属", (("", moved),)),
        )
        if any(number for _, number in counts)
    ]
    if not told:
        return ""
    but = f"除已更正的{'、'.join(f'{month}月' for month in corrected)}外" if corrected else ""
    return f"对截至{chinese_date(late.since)}的登记，本期{'，'.join(told)}，已反映在累计数中，此前各期{but}不作改动。"


def unattributed_remark(figures: MonthFigures, whole: str) -> str:
    """What counts for the county and for no unit (未归属); empty for nothing.

    :param whole: 全县, 全市.
    """
    tally = figures.unattributed
    told = [
        f"{kind}{number}户" for kind, number in (("新登记", tally.new), ("注销", tally.cancelled)) if number
    ]
    return f"{whole}数中未归属到单位的有{'、'.join(told)}，不计入各单位。" if told else ""


def correction(reason: str) -> str:
    """That this bulletin takes the place of the one printed before (更正).

    :param reason: as the clerk gave it, with or without an end.
    """
    return f"更正：{reason.strip().rstrip('。.；;')}。以本次印发的为准。"
