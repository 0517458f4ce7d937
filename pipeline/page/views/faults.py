"""What is answered where nothing can be shown."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_REFUSED = ("这个请求看不懂", "请从首页重新点进来。")
_FORGED = ("页面过期了", "可能是打开得太久，或者浏览器不让存 Cookie。请返回上一页，刷新以后再试一次。")
_FORBIDDEN = ("没有这个权限", "您的账号不能办这件事；需要的话，请找专班办公室。")
_MISSING = ("没有这一页", "可能是网址写错了，或者文件已经重做、删掉了。请从首页重新点进来。")
_BROKEN = ("程序出了错", "不是您的问题。已经编好的号不受影响；请把现在的时间和刚才点的什么告诉维护人员。")


def refused(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400."""
    return _told(request, 400, _REFUSED)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form that was not ours, or an old one."""
    return _told(request, 403, _FORGED)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403."""
    return _told(request, 403, _FORBIDDEN)


def missing(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404."""
    return _told(request, 404, _MISSING)


def broken(request: HttpRequest) -> HttpResponse:
    """500."""
    return _told(request, 500, _BROKEN)


def _told(request: HttpRequest, status: int, words: tuple[str, str]) -> HttpResponse:
    title, advice = words
    return render(request, "page/fault.html", {"title": title, "advice": advice}, status=status)
