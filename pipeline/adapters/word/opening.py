"""Which kind of file lies under a template's name: a whole file of another kind is not damaged, and is not called so."""

import io
import re
import zipfile

from pipeline.adapters.word.parts import MAIN_TYPE, Parts
from pipeline.errors import TemplateFault

_OLE2 = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_LOCKED = "有打开密码。请在 WPS 里打开它，「文件 → 文档加密」去掉密码，保存后放回来"
_SAVE_AS = "请用 WPS 或 Word 打开它，「文件 → 另存为」选“Word 文档（*.docx）”，存好后放回来"
_TYPES = (
    ("wordprocessingml.template.main", "Word 模板（.dotx）"),
    ("macroEnabledTemplate.main", "带宏的 Word 模板（.dotm）"),
    ("macroEnabled.main", "带宏的 Word 文件（.docm）"),
    ("spreadsheetml", "电子表格"),
    ("presentationml", "演示文稿"),
)
"""What a main part's content type holds → what the file is, the first that is met."""


def opened(name: str, data: bytes) -> Parts:
    """The parts of a .docx.

    :param name: file name, for the message.
    :raises TemplateFault: it is a whole file of another kind.
    :raises Exception: it is damaged; zipfile and lxml have their own kinds.
    """
    kind = _kind_beside_zip(data)
    if not kind and data:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {member: package.read(member) for member in package.namelist()}
        kind = _kind_of_package(parts)
        if not kind:
            return Parts(parts)
    advice = kind if kind == _LOCKED else f"它不是普通的 .docx，而是{kind}。{_SAVE_AS}"
    raise TemplateFault(f"模板 {name} 打不开：{advice if data else '它是空的，请用备份替换'}。")


def _kind_beside_zip(data: bytes) -> str:
    start = data[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if data.startswith(_OLE2):
        return _LOCKED if _ENCRYPTED in data else "旧式的 Word 文件（.doc）或 WPS 文字文件（.wps）"
    if start.startswith(b"{\\rtf"):
        return "RTF 文件"
    if start.startswith(b"%pdf"):
        return "PDF 文件"
    if start.startswith((b"<?xml", b"<html", b"<!doctype")):
        return "网页或 XML 文件"
    return ""


def _kind_of_package(parts: dict[str, bytes]) -> str:
    if b"opendocument" in parts.get("mimetype", b""):
        return "OpenDocument 文件（.odt）"
    types = parts["[Content_Types].xml"].decode("utf-8", "replace")
    found = next((kind for mark, kind in _TYPES if re.search(rf'ContentType="[^"]*{mark}', types)), "")
    if found and MAIN_TYPE not in types:
        return found
    if _STRICT in parts.get("word/document.xml", b""):
        return "“Strict Open XML 文档”"
    return ""
