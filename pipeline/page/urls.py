"""The addresses of the page, all of them: a view that is not in this table cannot be reached."""

from django.urls import path

from pipeline.page import runs as running
from pipeline.page.access import ANYBODY, MEMBERS, OFFICE, READERS, SENDERS, Route, guarded
from pipeline.page.views import accounts, files, front, register, runs

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
    Route("check/", runs.check, "check", OFFICE),
    Route("register/", register.shown, "register", MEMBERS, shows="台账：姓名、店名"),
    Route("register/status/", register.status, "register-status", MEMBERS),
    Route("register/verify/", register.verify, "register-verify", OFFICE),
    Route("register/enter/", register.enter, "register-enter", OFFICE),
    Route("register/do/<str:what>/", register.task, "register-task", OFFICE),
    Route(
        "register/<int:year>/<str:unit>/<int:letter>/",
        register.letter,
        "letter",
        MEMBERS,
        shows="一份介绍信：姓名、店名、地址",
    ),
    Route("files/<path:name>", files.handed_out, "file", READERS, shows="outputs 里的文件"),
)
"""Of every address: who may use it, and what of persons it shows."""

urlpatterns = [path(route.path, guarded(route), name=route.name) for route in ROUTES]
handler400 = "pipeline.page.views.faults.refused"
handler403 = "pipeline.page.views.faults.forbidden"
handler404 = "pipeline.page.views.faults.missing"
handler500 = "pipeline.page.views.faults.broken"
