"""Set-up on machines of every kind: the real script, with the machine's programs replaced by stand-ins."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

RUN_PACKAGES = [
    "libreoffice-writer-nogui",
    "fonts-noto-cjk",
    "fonts-lxgw-wenkai",
    "fonts-liberation2",
    "texlive-lang-chinese",
]
TEST_PACKAGES = ("poppler-utils", "qpdf", "libreoffice-calc-nogui", "postgresql", "chromium")

REQUIREMENTS = [
    "requirements.txt",
    "requirements-cluster.txt",
    "requirements-dev.txt",
    "requirements-page.txt",
    "requirements-postgresql.txt",
]

# What the script may use of the real machine.
REAL_TOOLS = [
    *("sh", "awk", "cat", "chmod", "cksum", "cp", "dirname", "env", "flock", "grep", "make", "mkdir"),
    *("mktemp", "mv", "printf", "rm", "sed", "sleep", "tail", "touch", "tr", "true"),
]

# Every stand-in notes how it was called in $STATE/calls; the files in $STATE say how the machine is.
STAND_INS = {
    "id": 'cat "$STATE/uid"',
    "dpkg-query": """
        shift 2
        for name; do
            if grep -qx "$name" "$STATE/installed"; then state=installed; else state=not-installed; fi
            echo "$state $name"
        done""",
    "dpkg": 'echo "dpkg $*" >>"$STATE/calls"; [ ! -e "$STATE/dpkg-is-locked" ]',
    "apt-cache": '[ "$1" = show ] && ! grep -qx "$2" "$STATE/not-in-sources"',
    "apt-get": """
        case "$*" in
        *--print-uris*) echo "'an-address' file.deb 41500000 SHA256:0"; exit ;;
        esac
        echo "apt-get $* [${DEBIAN_FRONTEND:-}]" >>"$STATE/calls"
        case "$*" in
        *' update')
            if [ -e "$STATE/lists-are-locked" ]; then
                rm "$STATE/lists-are-locked"
                echo 'E: Could not get lock /var/lib/apt/lists/lock.'
                exit 100
            fi
            ;;
        *' install '*)
            if [ -e "$STATE/apt-fails" ]; then echo 'E: no space left on device'; exit 100; fi
            for word; do
                case $word in -* | *=* | install) ;; *) echo "$word" >>"$STATE/installed" ;; esac
            done
            ;;
        esac""",
    "sudo": """
        echo "sudo $*" >>"$STATE/calls"
        [ -e "$STATE/may-sudo" ] || exit 1
        [ "$1" != -n ] || shift
        exec "$@" """,
    "install": 'echo "install $* : $(cat)" >>"$STATE/calls"',
    # nothing of the real machine's fonts
    "find": "exit 0",
    "python3": """
        case "$1 $2" in
        *version_info*) [ ! -e "$STATE/python-is-old" ] ;;
        *ensurepip*) grep -qx python3-venv "$STATE/installed" ;;
        '--version '*) echo 'Python 3.9.2' ;;
        '-m venv')
            echo 'venv' >>"$STATE/calls"
            [ ! -e "$STATE/slow" ] || sleep 0.5
            mkdir -p "$3/bin"
            touch "$3/pyvenv.cfg"
            cp "$STATE/venv-python" "$3/bin/python"
            ;;
        *) exit 9 ;;
        esac""",
}

VENV_PYTHON = """
    [ "$1" != -c ] || exit 0
    echo "$* [${PIP_INDEX_URL:-}]" >>"$STATE/calls"
    [ ! -e "$STATE/pip-fails" ] || { echo 'ERROR: no route to host'; exit 1; }
    case "$*" in
    *' -e .')
        printf '#!/bin/sh\\nprintf "<%%s>" "$@"\\n' >.venv/bin/pipeline
        chmod +x .venv/bin/pipeline
        ;;
    esac"""


def write_program(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


class Machine:
    """A machine of stand-ins, with a copy of the set-up files on it."""

    def __init__(self, folder: Path) -> None:
        self.state = folder / "state"
        self.bin = folder / "bin"
        self.repo = folder / "项 目"
        self.tmp = folder / "tmp"
        for each in (self.state, self.bin, self.repo, self.tmp):
            each.mkdir()
        shutil.copytree(ROOT / "setup", self.repo / "setup")
        shutil.copytree(ROOT / "pipeline" / "reports", self.repo / "pipeline" / "reports")
        for name in ("Makefile", "pyproject.toml", "pipeline.toml", *REQUIREMENTS):
            shutil.copy(ROOT / name, self.repo)
        for name in REAL_TOOLS:
            real = shutil.which(name)
            assert real, f"{name} is needed for this test"
            (self.bin / name).symlink_to(real)
        for name, body in STAND_INS.items():
            write_program(self.bin / name, body)
        write_program(self.state / "venv-python", VENV_PYTHON)
        self.user("0")
        self.installed(*RUN_PACKAGES, "python3-venv")
        self.set("not-in-sources")
        self.set("calls")

    def set(self, name: str, *lines: str) -> None:
        (self.state / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    def unset(self, name: str) -> None:
        (self.state / name).unlink()

    def user(self, uid: str) -> None:
        self.set("uid", uid)

    def installed(self, *names: str) -> None:
        self.set("installed", *names)

    def without(self, *programs: str) -> None:
        for program in programs:
            (self.bin / program).unlink()

    def start(self, *command: str, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            command,
            cwd=self.repo,
            env={"PATH": str(self.bin), "STATE": str(self.state), "TMPDIR": str(self.tmp), **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        process = self.start(*command, **environment)
        out, err = process.communicate(timeout=60)
        return subprocess.CompletedProcess(command, process.returncode, out, err)

    def setup(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.run("sh", "setup/setup.sh", *arguments, **environment)

    def calls(self, program: str = "") -> list[str]:
        """What was called, in order; with a name, only the calls of that program."""
        lines = (self.state / "calls").read_text(encoding="utf-8").splitlines()
        return [line for line in lines if line.startswith(program)]

    def forget_calls(self) -> None:
        self.set("calls")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_all_packages_there(machine: Machine) -> None:
    done = machine.setup()
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    venv, requirements, product = machine.calls()
    assert venv == "venv"
    assert requirements.endswith(" --require-hashes --only-binary :all: -r requirements.txt []")
    assert product.endswith(" --no-deps --no-build-isolation -e . []")
    assert list(machine.tmp.iterdir()) == []  # no log is left of a good run


def test_missing_packages_are_installed(machine: Machine) -> None:
    machine.installed("python3-venv", "fonts-noto-cjk", "fonts-liberation2")
    done = machine.setup()
    assert done.returncode == 0, done.stderr
    configure, update, install = (call for call in machine.calls() if call.startswith(("dpkg", "apt-get")))
    assert configure.startswith("dpkg --configure -a")
    assert re.fullmatch(r"apt-get .*DPkg::Lock::Timeout=300 .*update \[noninteractive\]", update)
    words = install.split()
    assert {"install", "-y", "--no-install-recommends", "--no-remove"} <= set(words)
    assert words[-4:] == [
        "libreoffice-writer-nogui",
        "fonts-lxgw-wenkai",
        "texlive-lang-chinese",
        "[noninteractive]",
    ]
    assert "libreoffice-writer-nogui fonts-lxgw-wenkai texlive-lang-chinese" in done.stderr
    assert "42 MB" in done.stderr
    assert machine.calls("sudo") == []


def test_sudo_is_used_by_an_ordinary_user(machine: Machine) -> None:
    machine.user("1000")
    machine.set("may-sudo")
    machine.installed("python3-venv")
    done = machine.setup()
    assert done.returncode == 0, done.stderr
    install = machine.calls("sudo")[-1]
    assert install.startswith("sudo env DEBIAN_FRONTEND=noninteractive ")
    assert install.endswith(" ".join(RUN_PACKAGES))


@pytest.mark.parametrize("sudo", ["refuses", "is not installed"])
def test_no_right_to_install(machine: Machine, sudo: str) -> None:
    machine.user("1000")
    machine.installed("fonts-noto-cjk")
    if sudo == "is not installed":
        machine.without("sudo")
    done = machine.setup()
    assert done.returncode == 1
    needed = [name for name in RUN_PACKAGES if name != "fonts-noto-cjk"]
    command = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(needed)} python3-venv"
    assert command in done.stderr
    assert machine.calls("apt-get") == []
    assert not (machine.repo / ".venv").exists()


def give_programs_and_fonts(machine: Machine) -> None:
    write_program(machine.bin / "soffice", "exit 0")
    write_program(machine.bin / "kpsewhich", '[ "$1" = FandolFang-Regular.otf ] && echo /fonts/"$1"')
    write_program(
        machine.bin / "fc-list",
        """case $1 in
        ':family=Noto Serif CJK SC' | ':family=LXGW WenKai' | ':family=Liberation Serif') echo "${1#*=}" ;;
        esac""",
    )


def test_no_right_to_install_but_all_there_in_another_way(machine: Machine) -> None:
    machine.user("1000")
    machine.installed("python3-venv")
    give_programs_and_fonts(machine)
    assert machine.setup().returncode == 0
    assert machine.calls("apt-get") == []
    machine.forget_calls()
    again = machine.setup()
    assert (again.returncode, again.stderr, machine.calls()) == (0, "", [])


def test_not_debian(machine: Machine) -> None:
    machine.without("apt-get", "apt-cache", "dpkg", "dpkg-query")
    done = machine.setup()
    assert done.returncode == 1
    assert all(name in done.stderr for name in RUN_PACKAGES)
    assert "soffice" in done.stderr
    assert "FandolFang-Regular.otf" in done.stderr
    assert not (machine.repo / ".venv").exists()


def test_not_debian_but_all_there(machine: Machine) -> None:
    machine.without("apt-get", "apt-cache", "dpkg", "dpkg-query")
    give_programs_and_fonts(machine)
    done = machine.setup()
    assert done.returncode == 0, done.stderr
    assert len(machine.calls("-m pip")) == 2


def test_second_run_does_nothing(machine: Machine) -> None:
    machine.installed("python3-venv")
    assert machine.setup().returncode == 0
    machine.forget_calls()
    again = machine.setup()
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert machine.calls() == []


def test_package_removed_afterwards(machine: Machine) -> None:
    assert machine.setup().returncode == 0
    machine.installed("python3-venv", *(name for name in RUN_PACKAGES if name != "fonts-lxgw-wenkai"))
    machine.forget_calls()
    assert machine.setup().returncode == 0
    assert machine.calls("apt-get")[-1].endswith(" fonts-lxgw-wenkai [noninteractive]")


def test_changed_requirements(machine: Machine) -> None:
    assert machine.setup().returncode == 0
    machine.forget_calls()
    with (machine.repo / "requirements.txt").open("a", encoding="utf-8") as file:
        file.write("# a new version\n")
    assert machine.setup().returncode == 0
    assert "venv" not in machine.calls()
    assert "-r requirements.txt" in machine.calls("-m pip")[0]


def test_moved_folder(machine: Machine) -> None:
    assert machine.setup().returncode == 0
    machine.forget_calls()
    machine.repo = machine.repo.rename(machine.repo.with_name("搬走"))
    (machine.repo / ".venv" / "old").touch()
    assert machine.setup().returncode == 0
    assert machine.calls()[0] == "venv"
    assert not (machine.repo / ".venv" / "old").exists()


def test_failed_pip_is_shown_and_done_again_from_the_start(machine: Machine) -> None:
    machine.set("pip-fails")
    done = machine.setup()
    assert done.returncode == 1
    assert "no route to host" in done.stderr
    (log,) = machine.tmp.iterdir()
    assert str(log) in done.stderr
    machine.unset("pip-fails")
    machine.forget_calls()
    assert machine.setup().returncode == 0
    assert machine.calls()[0] == "venv"


def test_failed_apt_is_shown_and_done_again(machine: Machine) -> None:
    machine.installed("python3-venv")
    machine.set("apt-fails")
    done = machine.setup()
    assert done.returncode == 1
    assert "no space left on device" in done.stderr
    assert not (machine.repo / ".venv").exists()
    machine.unset("apt-fails")
    assert machine.setup().returncode == 0


def test_another_apt_at_work_is_waited_for(machine: Machine) -> None:
    machine.installed("python3-venv")
    machine.set("dpkg-is-locked")
    machine.set("lists-are-locked")
    machine.without("sleep")
    write_program(machine.bin / "sleep", 'echo "sleep $*" >>"$STATE/calls"')
    done = machine.setup()
    assert done.returncode == 0, done.stderr
    kinds = re.findall(r"^dpkg| update | install |^sleep", "\n".join(machine.calls()), re.MULTILINE)
    assert [kind.strip() for kind in kinds][:5] == ["dpkg", "update", "sleep", "update", "install"]
    assert "waiting for another apt" in done.stderr


def test_alternative_that_is_there(machine: Machine) -> None:
    others = [name for name in RUN_PACKAGES if name not in {"libreoffice-writer-nogui", "fonts-liberation2"}]
    machine.installed("python3-venv", "libreoffice-writer", "fonts-liberation", *others)
    assert machine.setup().returncode == 0
    assert machine.calls("apt-get") == []


def test_alternative_that_the_sources_have(machine: Machine) -> None:
    machine.installed("python3-venv", *(name for name in RUN_PACKAGES if name != "fonts-liberation2"))
    machine.set("not-in-sources", "fonts-liberation2")
    assert machine.setup().returncode == 0
    assert machine.calls("apt-get")[-1].endswith(" fonts-liberation [noninteractive]")


def test_administrator_is_told_names_that_the_sources_have(machine: Machine) -> None:
    machine.user("1000")
    machine.installed("python3-venv", *(name for name in RUN_PACKAGES if name != "fonts-liberation2"))
    machine.set("not-in-sources", "fonts-liberation2")
    done = machine.setup()
    assert done.returncode == 1
    assert "--no-install-recommends fonts-liberation\n" in done.stderr


def test_package_that_no_source_has(machine: Machine) -> None:
    machine.installed("python3-venv", *(name for name in RUN_PACKAGES if name != "fonts-lxgw-wenkai"))
    machine.set("not-in-sources", "fonts-lxgw-wenkai")
    done = machine.setup()
    assert done.returncode == 1
    assert "fonts-lxgw-wenkai" in done.stderr
    assert len(machine.calls("apt-get")) == 1  # update only


def test_python_without_venv(machine: Machine) -> None:
    machine.installed(*RUN_PACKAGES)
    assert machine.setup().returncode == 0
    assert machine.calls("apt-get")[-1].endswith(" python3-venv [noninteractive]")


def test_old_python_is_told_before_anything_is_downloaded(machine: Machine) -> None:
    machine.installed()
    machine.set("python-is-old")
    done = machine.setup()
    assert done.returncode == 1
    assert "3.9.2" in done.stderr
    assert "3.11" in done.stderr
    assert machine.calls() == []


def test_a_newer_python_beside_an_old_one_is_found(machine: Machine) -> None:
    machine.set("python-is-old")
    write_program(machine.bin / "python3.12", 'rm -f "$STATE/python-is-old"; exec python3 "$@"')
    done = machine.setup()
    assert done.returncode == 0, done.stderr
    assert machine.calls()[0] == "venv"


def test_development_set_up(machine: Machine) -> None:
    assert machine.setup("--dev").returncode == 0
    assert machine.calls("apt-get")[-1].endswith(f" {' '.join(TEST_PACKAGES)} [noninteractive]")
    assert "-r requirements-dev.txt" in machine.calls("-m pip")[0]
    machine.forget_calls()
    assert machine.setup().returncode == 0  # it includes the ordinary one
    assert machine.setup("--dev").returncode == 0
    assert machine.calls() == []


def test_the_server_that_tests_need_makes_no_database_of_its_own(machine: Machine) -> None:
    assert machine.setup("--dev").returncode == 0
    [made] = machine.calls("install")
    assert made.endswith("createcluster.d/lanxian-pipeline.conf : create_main_cluster = false")
    assert machine.calls().index(made) < machine.calls().index(machine.calls("apt-get")[-1])


@pytest.mark.parametrize(
    "extra, empty, named",
    [
        ("postgresql", 'register = ""', 'register = "postgresql://a@b/c"'),
        ("cluster", 'scheduler = ""', 'scheduler = "tls://b:8786"'),
    ],
)
def test_a_server_in_the_plan_brings_what_speaks_to_it(
    machine: Machine, extra: str, empty: str, named: str
) -> None:
    assert machine.setup().returncode == 0
    assert not any(extra in call for call in machine.calls())
    plan = machine.repo / "pipeline.toml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace(empty, named), encoding="utf-8")
    machine.forget_calls()
    assert machine.setup().returncode == 0
    assert sum(f"-r requirements-{extra}.txt" in call for call in machine.calls("-m pip")) == 1
    machine.forget_calls()
    assert machine.setup().returncode == 0 and machine.calls() == []


@pytest.mark.parametrize(
    "extra, command",
    [
        ("postgresql", ["setup", "POSTGRESQL=1"]),
        ("page", ["page"]),
        ("page", ["setup", "PAGE=1"]),
        ("cluster", ["setup", "CLUSTER=1"]),
    ],
)
def test_what_only_some_need_can_be_asked_for_and_stays(
    machine: Machine, extra: str, command: list[str]
) -> None:
    machine.run("make", *command)
    assert [call for call in machine.calls("-m pip") if f"-r requirements-{extra}.txt" in call]
    machine.forget_calls()
    assert machine.setup().returncode == 0 and machine.calls() == []
    for name in REQUIREMENTS:
        with (machine.repo / name).open("a", encoding="utf-8") as file:
            file.write("# a new version\n")
    assert machine.setup().returncode == 0
    assert any(f"-r requirements-{extra}.txt" in call for call in machine.calls("-m pip"))


def test_two_at_once(machine: Machine) -> None:
    machine.set("slow")
    both = [machine.start("sh", "setup/setup.sh") for _ in range(2)]
    errors = [process.communicate(timeout=60)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], errors
    assert machine.calls("venv") == ["venv"]
    assert sum("waiting for another make" in error for error in errors) == 1


def test_pip_settings_of_the_user_are_kept(machine: Machine) -> None:
    assert machine.setup(PIP_INDEX_URL="a mirror").returncode == 0
    assert all(call.endswith("[a mirror]") for call in machine.calls("-m pip"))


def test_someone_elses_folder_is_not_removed(machine: Machine) -> None:
    (machine.repo / ".venv").mkdir()
    (machine.repo / ".venv" / "thesis.docx").touch()
    assert machine.setup().returncode == 1
    assert (machine.repo / ".venv" / "thesis.docx").exists()


def test_make_sets_up_and_passes_the_options_on(machine: Machine) -> None:
    variables = ["UNIT=东 村'镇", "COUNT=10", "DRY_RUN=1", "ARGS=--force -v"]
    done = machine.run("make", "letters", *variables, DATE="of the environment")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "<letters><--unit><东 村'镇><--count><10><--dry-run><--force><-v>"
    assert machine.run("make", "check", "DRY_RUN=0").stdout == "<check>"


def test_make_stops_when_set_up_fails(machine: Machine) -> None:
    machine.set("pip-fails")
    done = machine.run("make", "letters")
    assert done.returncode == 2
    assert done.stdout == ""


def test_make_alone_explains_itself(machine: Machine) -> None:
    done = machine.run("make")
    assert done.returncode == 0
    for target in ("help", "setup", "letters", "bulletin", "check", "test", "lint", "bench", "clean"):
        assert re.search(rf"^  make {target} +\S", done.stdout, re.MULTILINE), target
    assert machine.calls() == []


def test_make_clean_keeps_what_belongs_to_the_user(machine: Machine) -> None:
    machine.without("find")
    (machine.bin / "find").symlink_to(shutil.which("find") or "")
    kept = [machine.repo / name / "__pycache__" / "文件" for name in ("inputs", "outputs", "register")]
    removed = [machine.repo / name / "x" for name in (".venv", ".mypy_cache", "pipeline/a/__pycache__")]
    for path in [*kept, *removed]:
        path.parent.mkdir(parents=True)
        path.touch()
    assert machine.run("make", "clean").returncode == 0
    assert all(path.exists() for path in kept)
    assert not any(path.exists() for path in removed)


def pins(name: str) -> dict[str, str]:
    """Every pinned requirement of a file (with its marker), and the lines that follow it."""
    text = (ROOT / name).read_text(encoding="utf-8")
    found = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    return {entry.split("\\\n")[0].strip(): entry for entry in found}


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_requirement_is_pinned_and_hashed(name: str) -> None:
    entries = pins(name)
    assert len(entries) > 10
    for pin, entry in entries.items():
        assert re.match(r"[a-z0-9.-]+==[0-9][^ ]*( ; .*)?$", pin), pin
        assert "--hash=sha256:" in entry, pin


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_requirements_name_no_index_and_no_path(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    forbidden = r"https?:|file:|--(?:extra-)?index-url|--find-links|--trusted-host|(?<![\w./])/\w+/"
    assert re.findall(forbidden, text) == []


def test_development_requirements_include_the_others() -> None:
    def versions(name: str) -> set[str]:
        return {
            pin.partition(" ; ")[0] for pin in pins(name)
        }  # some need tzdata on Windows only, others everywhere

    for extra in ("cluster", "page", "postgresql"):
        assert versions("requirements.txt") <= versions(f"requirements-{extra}.txt")
        assert versions(f"requirements-{extra}.txt") <= versions("requirements-dev.txt")


def test_programs_to_run_are_executable() -> None:
    for name in ("setup/setup.sh", ".ci/run"):
        assert os.access(ROOT / name, os.X_OK), name
