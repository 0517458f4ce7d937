"""Readings → ``RESULTS.md``: ratios first, the losing cases said plainly."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from bench.stages import OTHER, TRYING
from bench.tasks import QUIET, Result, Scale

Results = dict[str, Result]
RIVALS = ("typst", "typst_marked", "typst_units", "big", "merge", "files", "each")
OURS = ("form", "again", "cluster", "unmarked", "filled", "office", "office_cluster", "filled_office")
DOES = {
    "typst": "no docx template; no number, register, mark, unit files, receipt or register sheet; nothing read back",
    "typst_marked": "the same, but for the mark",
    "typst_units": "the same, but for mark and unit files",
    "big": "nothing but the pages; a letter that does not fit is not noticed",
    "merge": "the same",
    "files": "a file for each letter, not merged",
    "each": "a file for each letter, not merged; one at a time",
}


TRIED = "## Tried by hand"
"""Heading of what is written by hand at the end of the page; it and all below it stays."""


def by_hand(page: str) -> str:
    """What of an older page is to be kept below a new one."""
    _, heading, rest = page.partition(f"\n{TRIED}\n")
    return heading + rest


def page(results: Results, scale: Scale, machine: Sequence[tuple[str, str]], note: str) -> str:
    """The whole of ``RESULTS.md``."""
    parts = [
        f"# Measurements\n\nWritten by `make bench` on {datetime.now(UTC):%Y-%m-%d}; do not edit. {note} {_disturbance(results)}",
        "## In one line\n\n" + _in_one_line(results, scale),
        "## Against every other way\n\n" + _ways(results, scale),
        "## The aims\n\n" + _aims(results, scale),
        "## Where ours loses\n\n" + _losses(results),
        "## Growth\n\n" + _growth(results, scale),
        "## Filled letters\n\n" + _filled(results),
        "## Other machines\n\n" + _shared(results),
        "## Where the time goes\n\n" + _stages(results),
        "## How it was measured\n\n" + _method(scale),
        "## The machine\n\n" + _table(("what", "which"), machine),
        "## Disturbances\n\n" + _disturbances(results),
    ]
    return "\n\n".join(parts) + "\n"


def _disturbance(results: Results) -> str:
    worst = max(results.values(), key=lambda result: result.disturbed)
    if worst.disturbed <= QUIET:
        return "Nothing else ran meanwhile."
    return (
        "**The machine did other work meanwhile**, up to "
        f"{worst.disturbed:.0%} of its processors (during “{worst.task.name}”, {worst.task.letters:,} letters); "
        "processor times suffer less from it than seconds. The table of disturbances is at the end."
    )


def _disturbances(results: Results) -> str:
    rows = [
        (result.task.name, f"{result.task.letters:,}", f"{result.disturbed:.0%}")
        for result in results.values()
        if result.disturbed > QUIET
    ]
    return _table(("run", "letters", "processors used by others"), rows) if rows else "None."


def _in_one_line(results: Results, scale: Scale) -> str:
    form = results["form"]
    ratios = ", ".join(
        f"{_ratio(_scaled(results[key], scale) / form.wall_s)} × as long by {words}"
        for key, words in (
            ("each", "one LibreOffice call per letter"), ("files", "one call for all files"),
            ("big", "one big docx"), ("typst_units", "Typst"),
        )
    )  # fmt: skip
    return (
        f"{scale.letters:,} numbered letters, every file written and read back, in {form.wall_s:.1f} s: "
        f"{form.wall_s / results['fresh'].wall_s:.1f} × one bare LibreOffice start. The same pages take {ratios}."
    )


def _ways(results: Results, scale: Scale) -> str:
    form, bare = results["form"], results["fresh"]
    rows = []
    for key in ("fresh", "warm", *OURS, *RIVALS):
        result = results[key]
        alone = result.task.letters == 1
        wall_s = result.wall_s if alone else _scaled(result, scale)
        rows.append((
            result.task.name,
            _ratio(wall_s / form.wall_s), _ratio(wall_s / bare.wall_s),
            f"{wall_s:,.1f}" + (f" (from {result.task.letters})" if wall_s != result.wall_s else ""),
            f"{result.cpu_s * wall_s / result.wall_s:,.1f}", f"{result.largest_mb:.0f}", f"{result.tree_mb:.0f}",
            "—" if alone else f"{result.page_bytes:,.0f}", str(len(result.readings)),
        ))  # fmt: skip
    head = (
        f"{scale.letters:,} letters", "× ours", "× bare start", "seconds", "CPU s", "largest process MB", "all MB",
        "bytes a page", "runs",
    )  # fmt: skip
    said = "\n".join(f"* {results[key].task.name}: {words}." for key, words in DOES.items())
    return (
        _table(head, rows)
        + "\n\nThe yardstick is a fresh profile: that is what the product and every first run have. Ours reads the "
        "spreadsheets, numbers in the register, sets, writes the whole file and one for each unit, reads every page of "
        "the latter back, holds the former against them, and makes receipt sheet, register sheet and manifest. What the others leave out:\n\n"
        + said
    )


def _aims(results: Results, scale: Scale) -> str:
    form, fresh, filled = results["form"], results["fresh"], results["filled"]
    rows = [
        _aim("whole run / one bare LibreOffice start", form.wall_s / fresh.wall_s, 2.4, "×"),
        _aim("as many letters again / the same", results["again"].wall_s / fresh.wall_s, 1.5, "×"),
        _aim("ten letters more / the same", results["ten_again"].wall_s / fresh.wall_s, 0.8, "×"),
        _aim("the same, against a warm profile (no aim)", form.wall_s / results["warm"].wall_s, None, "×"),
        _aim(
            "ours / Typst, same letters, same print files",
            form.wall_s / results["typst_units"].wall_s,
            1,
            "×",
        ),
        _aim("ours / Typst, same letters, one file", form.wall_s / results["typst_marked"].wall_s, 1, "×"),
        _aim("ours / Typst, no mark, one file", form.wall_s / results["typst"].wall_s, 1, "×"),
        _aim("`--engine office` / one big docx", results["office"].wall_s / results["big"].wall_s, 1.2, "×"),
        _aim("`--engine office`, memory of all processes", results["office"].tree_mb, 600, "MB"),
        _aim("bytes a page with the mark", form.page_bytes, 4000, ""),
        _aim("bytes a page without it", results["unmarked"].page_bytes, 2000, ""),
        _aim(
            "trying letters out before they are numbered / whole run, blank",
            _trying(results["stages"]),
            0.1,
            "×",
        ),
        _aim("the same, half of them filled", filled.report["trying_s"] / filled.wall_s, 0.1, "×"),
        _aim("filled letters left to LibreOffice", 100 * _by_office(results["filled"]), 5, "%"),
        _aim(
            "300 counties × 12 months read, believed and added / one bare LibreOffice start",
            results["rollup"].wall_s / fresh.wall_s,
            3,
            "×",
        ),
        _aim(
            "the same with all its papers, 30 pages",
            results["rollup_printed"].wall_s / fresh.wall_s,
            3,
            "×",
        ),
    ]
    city, read = results["registrations"], results["calamine"]
    rows += [
        _aim(
            f"a bulletin from {city.task.letters:,} registrations / python-calamine reading the same workbooks",
            city.cpu_s / read.cpu_s,
            8,
            "× (processor; hoped for: 4)",
        ),
        _aim("the same, all processes", city.tree_mb, 700, "MB"),
    ]
    typst, first = results["typst_growth"], results[f"form_{scale.growth[0]}"]
    rows.append(
        _aim(
            f"ours / Typst, same letters, one file, {typst.task.letters:,} letters",
            first.wall_s / typst.wall_s,
            1,
            "×",
        )
    )
    longest = results[f"form_{scale.growth[-1]}"]
    if len(scale.growth) > 1:
        middle = results[f"form_{scale.growth[-2]}"]
        words = f"marginal milliseconds a letter, {scale.letters:,} to {middle.task.letters:,}"
        rows.append(_aim(words, _marginal_ms(form, middle), 0.3, ""))
    words = f"{longest.task.letters:,} letters"
    rows.append(_aim(f"memory of all processes, {words}", longest.tree_mb, 500, "MB"))
    rows.append(_aim(f"{words} / one bare LibreOffice start", longest.wall_s / fresh.wall_s, 82, "×"))
    return _table(("aim", "measured", "under", "met"), rows)


def _aim(name: str, value: float, limit: float | None, unit: str) -> tuple[str, str, str, str]:
    verdict = "" if limit is None else "yes" if value < limit else "**no**"
    return name, f"{value:,.2f} {unit}" if value < 100 else f"{value:,.0f} {unit}", f"{limit or '—'}", verdict


def _losses(results: Results) -> str:
    form = results["form"]
    lines = []
    for key in RIVALS:
        rival = results[key]
        if rival.task.letters != form.task.letters:
            continue
        worse = [
            f"{what} {mine:,.{digits}f} against {theirs:,.{digits}f} {unit}"
            for what, mine, theirs, unit, digits in (
                ("time", form.wall_s, rival.wall_s, "s", 1),
                ("processor", form.cpu_s, rival.cpu_s, "s", 1),
                ("memory", form.tree_mb, rival.tree_mb, "MB", 0),
                ("size", form.page_bytes, rival.page_bytes, "bytes a page", 0),
            )
            if mine > theirs
        ]  # fmt: skip
        if worse:
            lines.append(f"* {rival.task.name}: {'; '.join(worse)}.")
    office, big = results["office"], results["big"]
    if office.wall_s > big.wall_s:
        lines.append(
            f"* `--engine office` takes {office.wall_s / big.wall_s:.2f} × as long as one big docx through one call."
        )
    five, files = results["five"], results["five_files"]
    if five.wall_s > files.wall_s:
        lines.append(
            f"* Five letters: {five.wall_s:.1f} s, against {files.wall_s:.1f} s by docxtpl and one call. The trial pages "
            "and the receipt sheet cost a LibreOffice call each, whatever the number of letters."
        )
    return "\n".join(lines)


def _growth(results: Results, scale: Scale) -> str:
    form = results["form"]
    rows = []
    before = None
    for key in ("form", *(f"form_{letters}" for letters in scale.growth)):
        result = results[key]
        marginal = f"{_marginal_ms(before, result):.2f}" if before else "—"
        rows.append((
            f"{result.task.letters:,}", f"{result.wall_s / form.wall_s:.1f}", f"{result.wall_s:,.1f}",
            f"{result.cpu_s:,.1f}", marginal, f"{result.largest_mb:,.0f}", f"{result.tree_mb:,.0f}",
            f"{result.page_bytes:,.0f}",
        ))  # fmt: skip
        before = result
    head = (
        "letters",
        f"× {scale.letters:,}",
        "seconds",
        "CPU s",
        "ms for each more letter",
        "largest process MB",
        "all MB",
        "bytes a page",
    )
    typst = results["typst_growth"]
    return (
        _table(head, rows)
        + "\n\nEvery run ended with exit code 0; pages of the whole file and of the unit files were counted. "
        f"For comparison, Typst with {typst.task.letters:,} letters and their marks in one file: {typst.wall_s:.1f} s, "
        f"{typst.tree_mb:,.0f} MB."
    )


def _marginal_ms(small: Result, large: Result) -> float:
    return 1000 * (large.wall_s - small.wall_s) / (large.task.letters - small.task.letters)


def _filled(results: Results) -> str:
    form, office = results["filled"], results["filled_office"]
    report = form.report
    return (
        f"{report['filled']:,} of {report['letters']:,} letters filled with made-up applicants (names with rare hanzi, "
        f"ID numbers, phones, businesses up to 20 characters, scopes and addresses up to 40): "
        f"{report['filled'] - report['by_office']:,} set over the form ({100 * (1 - _by_office(form)):.1f} %), "
        f"{report['by_office']:,} printed by LibreOffice. {form.wall_s:.1f} s, against {office.wall_s:.1f} s by "
        f"`--engine office`: {office.wall_s / form.wall_s:.1f} ×."
    )


def _trying(stages: Result) -> float:
    return stages.report[TRYING] / sum(stages.report.values())


def _shared(results: Results) -> str:
    costs = (
        (results[one], results[two].cpu_s - results[one].cpu_s, results[two].wall_s / results[one].wall_s)
        for one, two in (("form", "cluster"), ("office", "office_cluster"))
    )
    told = "; ".join(
        f"{result.task.name}: {seconds:+.1f} CPU s, {ratio:.2f} × as long" for result, seconds, ratio in costs
    )
    return (
        f"The same letters shared with two workers of a cluster on this very machine, against one machine by itself: {told}. "
        "So much the cluster costs where it brings no processor: its processes start, and every page travels as bytes."
    )


def _by_office(result: Result) -> float:
    return result.report["by_office"] / result.report["filled"]


def _stages(results: Results) -> str:
    runs = [results["stages"], results["stages_growth"]]
    names = sorted(
        {name for run in runs for name in run.report}, key=lambda name: -runs[-1].report.get(name, 0)
    )
    names = [*(name for name in names if name != OTHER), *(name for name in names if name == OTHER)]
    totals = [sum(run.report.values()) for run in runs]
    rows = [
        (name, *(f"{run.report.get(name, 0):.2f}" for run in runs),
         *(f"{100 * run.report.get(name, 0) / total:.0f} %" for run, total in zip(runs, totals, strict=True)))
        for name in names
    ]  # fmt: skip
    rows.append(("sum", *(f"{total:.2f}" for total in totals), "", ""))
    counts = [f"{run.task.letters:,}" for run in runs]
    head = (
        "stage, its own seconds",
        *(f"{count} letters" for count in counts),
        *(f"share at {count}" for count in counts),
    )
    return (
        _table(head, rows)
        + "\n\nWatched by wrapping the product's functions from outside, all in one process (in the product itself "
        "a second one shares the work from 1,000 letters on); LibreOffice makes the receipt sheet in the meantime, and only "
        "the wait for it is counted."
    )


def _method(scale: Scale) -> str:
    return (
        "* Whole processes from outside: wall clock from start to end; processor time by the kernel's accounting, "
        "children counted in; memory looked at every 50 ms (more rarely where looking itself would take over 5 % of "
        "a processor): peak resident set of the largest process, and the sum of PSS over all processes.\n"
        f"* Rounds, every way once in each, so that a slow spell of the machine hits all alike: {scale.rounds} of "
        f"what is short, {scale.some} of what is longer, 1 of the longest (column “runs”). Time is the median, memory "
        "the highest.\n"
        f"* docxtpl with one call per letter was run on {scale.each} letters, with one call for all on {scale.files} "
        f"(LibreOffice drops files beyond about 247 arguments), and the time scaled to {scale.letters:,}.\n"
        "* The same blank letters of annex 1 for all, in a copy of the workspace; longer runs have all targets raised "
        "alike. The others got the letters as ready JSON, the product's fonts with a warm font cache, and in each "
        "process one profile. Typst got only the font folders that it needs, and no tags.\n"
        "* Every result was opened and its pages counted."
    )


def _scaled(result: Result, scale: Scale) -> float:
    return result.wall_s * scale.letters / result.task.letters


def _ratio(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(map(_row, _lines(head, rows)))


def _lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    yield head
    yield ["---", *["---:" if len(head) > 2 else "---"] * (len(head) - 1)]
    yield from rows


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
