"""What is wrong with ``pipeline.toml`` beyond the type and the bounds of a single setting."""

import re
from collections.abc import Sequence
from itertools import pairwise
from string import Formatter

from pipeline.errors import UsageFault
from pipeline.settings import Rollup, Settings
from pipeline.settings.bounds import EARLIEST_END
from pipeline.settings.cluster import TLS, Cluster
from pipeline.settings.supervise import Supervise

FILE_NAME = "pipeline.toml"
_SCHEDULER = re.compile(r"(tcp|tls)://[^\s/@]+:[1-9][0-9]{0,4}|local:([1-9]|[1-5][0-9]|6[0-4])")


def refuse_outside(key: str, value: float, bounds: tuple[float, float]) -> None:
    """Refuse a number beyond its bounds.

    :raises UsageFault: it is.
    """
    least, most = bounds
    if not least <= value <= most:
        raise UsageFault(f"{FILE_NAME} 的 {key} 写成了 {value}，应在 {least} 至 {most} 之间。")


def check(settings: Settings) -> None:
    """Refuse what no bounds of one setting can tell.

    :raises UsageFault: names the setting.
    """
    plan, bulletin, supervise = settings.plan, settings.bulletin, settings.supervise
    if 0 < plan.month_end < EARLIEST_END:
        raise UsageFault(
            f"{FILE_NAME} 的 [plan] month_end 写成了 {plan.month_end}：按自然月统计的写 0，"
            f"每月到某一天为止的写 {EARLIEST_END} 至 28。"
        )
    refuse_outside("[bulletin] last_month", bulletin.last_month, (bulletin.first_month, 12))
    _check_format("[letters] serial", settings.letters.serial, "培〔{year}〕{unit}-{number:04d}")
    _check_format("[items] serial", settings.items.serial, "培账〔{year}〕{number:04d}")
    for key in ("reminder_serial", "supervision_serial", "interview_serial"):
        _check_format(f"[supervise] {key}", getattr(supervise, key), "培督函〔{year}〕{number}")
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", supervise.notice_from):
        raise UsageFault(
            f"{FILE_NAME} 的 [supervise] notice_from 写成了 {supervise.notice_from!r}，应为年月，如 2022-07。"
        )
    if not settings.analysis.survival or not _rise(settings.analysis.survival):
        raise UsageFault(
            f"{FILE_NAME} 的 [analysis] survival 写成了 {settings.analysis.survival}，应为从小到大的几个月数，"
            "如 [3, 6, 12, 24, 36]。"
        )
    months = supervise.ladder_months
    count = len(Supervise().ladder_months)
    if len(months) != count or not _rise(months):
        raise UsageFault(
            f"{FILE_NAME} 的 [supervise] ladder_months 写成了 {months}，应为从小到大的{count}个月数，如 [1, 2, 3]。"
        )
    for group, pattern in supervise.addressees.items():
        _check_format(f"[supervise] addressees 的“{group}”", pattern, "{name}个体工商户培育工作专班")
    _check_rollup(settings.rollup)
    check_cluster(settings.cluster)


def _rise(months: Sequence[int]) -> bool:
    """Whether each is more than the one before, and the first more than nothing."""
    return all(one < other for one, other in pairwise((0, *months)))


def _check_format(key: str, pattern: str, example: str) -> None:
    """Refuse a format of numbers that has not exactly the fields of the example."""
    wanted = {name for _, name, _, _ in Formatter().parse(example) if name}
    try:
        names = {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}
        pattern.format(year=2022, unit="01", number=1, name="")
    except (KeyError, IndexError, ValueError, AttributeError):
        names = set()
    if names != wanted:
        fields_told = "、".join(f"{{{name}}}" for name in sorted(wanted, key=example.index))
        raise UsageFault(
            f"{FILE_NAME} 的 {key} 写成了 {pattern!r}：应含 {fields_told} {'零一两三'[len(wanted)]}项，不能有别的，例如 {example}。"
        )


def _check_rollup(rollup: Rollup) -> None:
    known = rollup.counties
    for key, codes in (("inside", {*rollup.inside, *rollup.inside.values()}), ("keys", set(rollup.keys))):
        for code in sorted(codes - known.keys()):
            raise UsageFault(f"{FILE_NAME} 的 [rollup] {key} 里写了“{code}”，counties 里没有这个代码。")
    for code, host in rollup.inside.items():
        if host == code or host in rollup.inside:
            raise UsageFault(f"{FILE_NAME} 的 [rollup] inside 里，“{code}”应在一个自己不在别处的县里。")
    for code, key in rollup.keys.items():
        if not re.fullmatch("[0-9a-fA-F]{64}", key):
            raise UsageFault(
                f"{FILE_NAME} 的 [rollup] keys 里“{code}”的密钥应是 64 位，和县里 figures.json 封签的 key 一样。"
            )


def check_cluster(cluster: Cluster) -> None:
    """Refuse an address that is none, and one with TLS that lacks a file.

    :raises UsageFault: names the setting.
    """
    if cluster.scheduler and not _SCHEDULER.fullmatch(cluster.scheduler):
        raise UsageFault(
            f"调度程序的地址（[cluster] scheduler）写成了 {cluster.scheduler!r}，应像 tls://192.168.1.5:8786、"
            "tcp://192.168.1.5:8786，或者 local:4（本机四个进程，最多 64 个）。"
        )
    missing = [name for name in TLS if not getattr(cluster, name)]
    if cluster.scheduler.startswith("tls://") and missing:
        raise UsageFault(
            f"{FILE_NAME} 的 [cluster] 里没有写 {'、'.join(missing)}：tls:// 要有 ca、certificate、key 三个文件。"
        )
