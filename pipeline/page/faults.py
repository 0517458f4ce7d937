"""What is answered where nothing can be shown: a page, or the same words as JSON for a script that asks so."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

_REFUSED = ("这个请求看不懂", "请从首页重新点进来。")
_FORGED = ("页面过期了", "可能是打开得太久，或者浏览器不让存 Cookie。请返回上一页，刷新以后再试一次。")
_FORBIDDEN = ("没有这个权限", "您的账号不能办这件事；需要的话，请找专班办公室。")
_MISSING = ("没有这一页", "可能是网址写错了，或者文件已经重做、删掉了。请从首页重新点进来。")
_BROKEN = ("程序出了错", "不是您的问题。已经编好的号不受影响；请把现在的时间和刚才点的什么告诉维护人员。")
_TOO_OFTEN = ("太快了", "一分钟里送来的太多了，没有收。请过一分钟再试。")
_ONLY_SENT = ("这里只办按钮交来的", "没有办什么。请从首页进去，点那里的按钮。")
_TOO_MANY = ("一次放得太多", "没有收。请分几次放，每次少放几个。")
_TOO_LONG = ("写得太长了", "没有办。请返回上一页，写短一些再试。")


def refused(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400, or 413 where it is too much at once."""
    if isinstance(exception, RequestDataTooBig):
        return told(request, 413, *_TOO_LONG)
    if isinstance(exception, TooManyFieldsSent | TooManyFilesSent):
        return told(request, 413, *_TOO_MANY)
    return told(request, 400, *_REFUSED)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form that was not ours, or an old one."""
    return told(request, 403, *_FORGED)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403."""
    return told(request, 403, *_FORBIDDEN)


def missing(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404."""
    return told(request, 404, *_MISSING)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more than ``[page] upload_mb``."""
    most = settings.WORKSPACE.settings.page.upload_mb
    advice = (
        f"一次最多放 {most} MB，没有收。请分几次放；一张表就这么大的，请维护人员在 pipeline.toml 的 [page] 里"
        "改大 upload_mb，再重开网页。"
    )
    return told(request, 413, "太大了", advice)


def too_often(request: HttpRequest) -> HttpResponse:
    """429."""
    return told(request, 429, *_TOO_OFTEN)


def only_sent(request: HttpRequest, allow: str) -> HttpResponse:
    """405: a button's address, asked for as a page is."""
    response = told(request, 405, *_ONLY_SENT)
    response["Allow"] = allow
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """500."""
    return told(request, 500, *_BROKEN)


def told(request: HttpRequest, status: int, title: str, advice: str) -> HttpResponse:
    """What is wrong, and what to do."""
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"text": f"{title}：{advice}"}, status=status)
    return render(request, "page/fault.html", {"title": title, "advice": advice}, status=status)
