"""The addresses of the page, all of them: a view that is not in this table cannot be reached."""

from django.urls import path

from pipeline.page import runs as running
from pipeline.page.access import ANYBODY, MEMBERS, OFFICE, READERS, SENDERS, Route, guarded
from pipeline.page.views import (
    accounts,
    files,
    front,
    inputs,
    items,
    letters,
    publications,
    register,
    runs,
    verdict,
)
from pipeline.page.views.forms import assess, dispatch, evidence

ROUTES = (
    Route("", front.front, "front", MEMBERS),
    Route("login/", accounts.log_in, "login", ANYBODY, often="30/minute"),
    Route("logout/", accounts.log_out, "logout", ANYBODY),
    Route("password/", accounts.password, "password", MEMBERS, often="10/minute"),
    Route("accounts/", accounts.listing, "accounts", READERS),
    Route("accesses/", accounts.accesses, "accesses", READERS),
    Route("runs/", runs.listing, "runs", MEMBERS),
    Route("runs/<int:number>/", runs.shown, "run", MEMBERS, owner=running.owner),
    Route("runs/<int:number>/state/", runs.state, "run-state", MEMBERS, owner=running.owner),
    Route("runs/<int:number>/cancel/", runs.cancel, "run-cancel", SENDERS, owner=running.owner),
    Route("inputs/", inputs.listing, "inputs", MEMBERS),
    Route("inputs/drop/", inputs.dropped, "input-drop", SENDERS, often="3000/minute"),
    Route("inputs/asked/<int:number>/", inputs.answered, "input-answer", SENDERS, owner=inputs.waits_of),
    Route("inputs/remove/<path:name>", inputs.removed, "input-remove", SENDERS, owner=inputs.owner),
    Route(
        "inputs/file/<path:name>", inputs.handed_out, "input", MEMBERS, shows="放入的表格", owner=inputs.owner
    ),
    Route("check/", verdict.check, "check", SENDERS),
    Route("verdict/", verdict.overview, "verdict", MEMBERS),
    Route(
        "verdict/file/<path:name>",
        verdict.file,
        "verdict-file",
        MEMBERS,
        shows="检查结果",
        owner=inputs.owner,
    ),
    Route(
        "verdict/copy/<path:name>",
        verdict.copy,
        "verdict-copy",
        MEMBERS,
        shows="标注好的表格",
        owner=inputs.owner,
    ),
    Route("letters/", letters.overview, "letters", MEMBERS),
    Route("letters/run/", letters.run, "letters-run", OFFICE),
    Route("letters/run/<int:number>/", letters.numbered, "letters-number", OFFICE),
    Route("publications/", publications.overview, "publications", MEMBERS),
    Route("publications/<str:kind>/run/", publications.run, "publication-run", OFFICE),
    Route("publications/supervise/<str:period>/decide/", publications.decide, "supervise-decide", OFFICE),
    Route("publications/<str:kind>/<str:period>/", publications.shown, "publication", READERS),
    Route("register/", register.shown, "register", MEMBERS, shows="台账：姓名、店名"),
    Route("register/status/", register.status, "register-status", MEMBERS),
    Route("register/verify/", register.verify, "register-verify", OFFICE),
    Route("register/enter/", register.enter, "register-enter", OFFICE, shows="台账：姓名、店名"),
    Route("register/do/<str:what>/", register.task, "register-task", OFFICE),
    Route(
        "register/<int:year>/<str:unit>/<int:letter>/",
        register.letter,
        "letter",
        MEMBERS,
        shows="一份介绍信：姓名、店名、地址",
    ),
    Route("items/", items.overview, "items", MEMBERS),
    Route("items/open/", items.opened, "item-open", OFFICE),
    Route("items/exchange/", items.exchanged, "items-exchange", OFFICE),
    Route("items/<str:key>/", items.shown, "item", MEMBERS, owner=items.owner),
    Route(
        "items/<str:key>/evidence/<path:name>",
        items.handed_out,
        "item-evidence",
        MEMBERS,
        shows="挂账佐证",
        owner=items.owner,
    ),
    Route("items/<str:key>/<str:name>/", items.act, "item-act", SENDERS, owner=items.owner),
    Route("dispatch/", dispatch.overview, "dispatch", MEMBERS),
    Route("dispatch/<str:unit>/", dispatch.shown, "dispatch-unit", MEMBERS),
    Route("dispatch/<str:unit>/send/", dispatch.sent, "dispatch-send", SENDERS),
    Route("assess/", assess.overview, "assess", MEMBERS),
    Route("assess/do/<str:act>/", assess.step, "assess-step", OFFICE),
    Route("assess/<str:unit>/", assess.shown, "assess-unit", MEMBERS),
    Route("assess/<str:unit>/object/", assess.objected, "assess-object", SENDERS),
    Route("assess/<str:unit>/self/", assess.sent, "assess-self", SENDERS),
    Route(
        "assess/<str:unit>/evidence/<path:name>",
        evidence.handed_out,
        "assess-evidence",
        MEMBERS,
        shows="考核佐证",
    ),
    Route("assess/<str:unit>/remove/<path:name>", evidence.removed, "assess-remove", SENDERS),
    Route("files/<path:name>", files.handed_out, "file", MEMBERS, shows="做好的文件", owner=files.owner),
    Route(
        "picture/<path:name>",
        files.picture,
        "picture",
        MEMBERS,
        shows="做好的文件的第一页",
        owner=files.owner,
    ),
)
"""Of every address: who may use it, and what of persons it shows."""

urlpatterns = [path(route.path, guarded(route), name=route.name) for route in ROUTES]
handler400 = "pipeline.page.faults.refused"
handler403 = "pipeline.page.faults.forbidden"
handler404 = "pipeline.page.faults.missing"
handler500 = "pipeline.page.faults.broken"
