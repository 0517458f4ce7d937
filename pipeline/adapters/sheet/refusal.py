"""Why a file is not read, and how much of one file is read at most."""

MAX_FILE = 200_000_000
"""Bytes of a file."""
MAX_WRITTEN = 100_000_000
"""Bytes of a file that is text: CSV, web page, XML."""
MAX_KEY = 20_000
"""Bytes of what an encrypted package says of its key."""
MAX_ROUNDS = 1_000_000
"""How often a password is digested at most before it is tried. Office programs do it 100,000 times."""
MAX_UNPACKED = 700_000_000
"""Bytes that the parts of one zip package may come to, as far as they are read."""
MAX_RATIO = 80
"""How many times larger than packed a large part may be; honest sheets stay below 20."""
MAX_PARTS = 20_000
"""Entries of a zip package."""
MAX_CELLS = 10_000_000
"""Cells of all rows of a file together, blank ones between others included."""
MAX_ROW = 1_048_576
"""Rows of a sheet, as Excel and WPS have it."""
MAX_COLUMN = 16_384
"""Columns of a sheet, as Excel and WPS have it."""
MAX_SHEETS = 1_000
"""Sheets of a file."""
MAX_MERGED = 200_000
"""Merged areas of a sheet."""
MAX_TEXT = 1_000_000
"""Characters of one cell. Excel stops at 32,767."""

AGAIN = "请重新复制或导出一份；WPS 打得开的，另存为 .xlsx 再放入；打不开的，请给表的人重新给一份。"
"""What to do about a damaged file."""
RESAVE = "请用 WPS 打开后另存为 .xlsx 再放入，原件移出 inputs。"
"""What to do about a table in a format that is not read."""


class SheetProblem(Exception):
    """A file that is not read."""

    def __init__(self, code: str, seen: str, advice: str) -> None:
        """Say why.

        :param code: ``empty-file``, ``encrypted-file``, ``broken-file``, ``unknown-format`` or ``too-big``.
        :param seen: what was met, in Chinese; may be empty.
        :param advice: one or two sentences for the clerk.
        """
        super().__init__(code, seen, advice)
        self.code = code
        self.seen = seen
        self.advice = advice


def broken(seen: str) -> SheetProblem:
    """A damaged file.

    :param seen: what it is by its beginning, and what does not go with that.
    """
    return SheetProblem("broken-file", seen, f"读不出表格：文件已损坏，或没有复制完。{AGAIN}")


def unknown() -> SheetProblem:
    """A file of no kind that is known by its beginning; what programs that guard an office's files lock is such a one."""
    advice = (
        "不认得这种文件：不是表格，或者被电脑上的文件加密软件锁着。"
        "锁着的请先解密；是表格的，请用 WPS 打开后另存为 .xlsx 再放入；原件移出 inputs。"
    )
    return SheetProblem("unknown-format", "不认得的格式", advice)


def not_a_table(seen: str) -> SheetProblem:
    """A document of another kind, in which a table may stand all the same."""
    return SheetProblem(
        "unknown-format", seen, "这不是表格。请把里面的表格复制到 WPS 表格里，存成 .xlsx 再放入。"
    )


def an_archive() -> SheetProblem:
    """Files packed together."""
    return SheetProblem(
        "unknown-format", "压缩包", "这是压缩包。请先解压，把里面的表格放入，压缩包移出 inputs。"
    )


def too_big(seen: str) -> SheetProblem:
    """More than is read from one file."""
    advice = "文件大得不正常。请用 WPS 打开，只把有内容的部分复制到新表里，存成 .xlsx 再放入。"
    return SheetProblem("too-big", seen, advice)


def too_long() -> SheetProblem:
    """A cell with a text that no cell holds."""
    return too_big(f"一个格子里超过{MAX_TEXT}个字")


def encrypted() -> SheetProblem:
    """A file that opens only with a password."""
    return SheetProblem("encrypted-file", "有打开密码", "文件有打开密码。请在 WPS 里去掉密码，另存后再放入。")
