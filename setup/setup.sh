#!/bin/sh
# Gets everything the product needs onto this machine; called by the Makefile before every command.
#
#   setup/setup.sh          what `pipeline` needs to run: Debian packages, then .venv with the pinned packages
#   setup/setup.sh --dev    the same, and what the tests and linters need
#
# Either way with those extras, each a list requirements-EXTRA.txt, that somebody wants: postgresql where pipeline.toml
# names a server for the register or POSTGRESQL=1 asks for it, cluster where it names a scheduler or CLUSTER=1 asks for it,
# page where PAGE=1 does (as `make page`), and what was installed before.
#
# A run that finds everything in place does nothing and says nothing. All messages go to standard error.
# PYTHON names the interpreter (python3); PIP_* variables and pip.conf keep their meaning.
set -eu

profile=run
[ "${1:-}" != --dev ] || profile=dev

root=$(cd "$(dirname "$0")/.." && pwd -P)
cd "$root"
unset PYTHONHOME PYTHONPATH PIP_TARGET PIP_PREFIX PIP_ROOT PIP_USER

if [ "$profile" = dev ]; then
    lists='setup/packages.txt setup/packages-test.txt'
    requirements='requirements-dev.txt'
else
    lists=setup/packages.txt
    requirements='requirements.txt'
fi
extras='page postgresql cluster'
nl='
'
log=
failed=1

say() { printf '%s\n' "$@" >&2; }

# stop MESSAGE...: gives up with a message.
stop() {
    say '' "$@"
    exit 1
}

# stop_with_log MESSAGE...: the same, with the end of what the failed program wrote.
stop_with_log() {
    say '' '──── 最后的输出（last lines of output）────'
    tail -n 20 "$log" >&2
    say '────────────────────────────────────' "完整记录（full log）：$log"
    stop "$@"
}

# logged COMMAND...: runs a command with its output in the log; without the lock, which a daemon could inherit.
logged() {
    printf '\n$ %s\n' "$*" >>"$log"
    "$@" >>"$log" 2>&1 </dev/null 9<&-
}

has() { command -v "$1" >/dev/null 2>&1; }

finish() {
    [ -z "$log" ] || { [ "$failed" = 1 ] && [ -s "$log" ]; } || rm -f "$log"
}

# ---------------------------------------------------------------- is there anything to do?

# stamp_key PROFILE: changes with every file that decides what is installed, and when the folder is moved.
stamp_key() {
    files='setup/setup.sh pyproject.toml setup/packages.txt requirements.txt'
    [ "$1" = run ] || files="$files setup/packages-test.txt requirements-dev.txt"
    # shellcheck disable=SC2086  # a list of words
    { printf '%s\n' "$root"; cat $files; } | cksum | tr ' ' -
}

# wants EXTRA: has the caller asked for it, has it been installed before, or does the plan name what it is for?
wants() {
    named=
    case $1 in
    page) asked=${PAGE:-0} ;;
    postgresql) asked=${POSTGRESQL:-0} named="register[[:space:]]*=[[:space:]]*[\"']postgres" ;;
    cluster) asked=${CLUSTER:-0} named="scheduler[[:space:]]*=[[:space:]]*[\"'][a-z]" ;;
    esac
    [ "$asked" = 0 ] || return 0
    [ ! -f ".venv/.setup-$1" ] || return 0
    [ -n "$named" ] && grep -q "^[[:space:]]*$named" pipeline.toml 2>/dev/null
}

# has_extras: those that are wanted are there, as pinned.
has_extras() {
    for extra in $extras; do
        ! wants "$extra" ||
            [ "$(cat ".venv/.setup-$extra" 2>/dev/null)" = "$(cksum <"requirements-$extra.txt")" ] || return 1
    done
}

# done_before: nothing has changed since set-up last finished, and nothing was removed behind its back.
done_before() {
    [ -x .venv/bin/python ] && [ -f ".venv/.setup-$profile" ] || return 1
    read -r key how <".venv/.setup-$profile" || return 1
    [ "$key" = "$(stamp_key "$profile")" ] || return 1
    has_extras || return 1
    [ "$how" = probed ] || ! has dpkg-query || {
        find_missing
        [ -z "$missing" ]
    }
}

# ---------------------------------------------------------------- system packages

# package_lines: "alternatives probe" of every package, comments and blank lines left out.
# shellcheck disable=SC2086  # a list of words
package_lines() { sed -e '/^[[:space:]]*#/d' -e '/^[[:space:]]*$/d' $lists; }

# find_missing: sets $missing to the lines of the packages that dpkg does not have.
find_missing() {
    lines=$(package_lines)
    names=$(printf '%s\n' "$lines" | sed 's/[[:space:]].*//; y/|/\n/')
    # shellcheck disable=SC2016,SC2086  # dpkg's own ${...}; a list of words
    installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' $names 2>/dev/null | sed -n 's/^installed //p') || :
    missing=
    while read -r alternatives probe; do
        rest=$alternatives
        found=
        while [ -n "$rest" ]; do
            case "$nl$installed$nl" in *"$nl${rest%%|*}$nl"*) found=1 ;; esac
            case $rest in *'|'*) rest=${rest#*|} ;; *) rest= ;; esac
        done
        [ -n "$found" ] || missing="$missing$alternatives $probe$nl"
    done <<LINES
$lines
LINES
}

# probe KIND:NAME: is this there, however it got there?
probe() {
    case $1 in
    cmd:*) has "${1#cmd:}" ;;
    font:*) has fc-list && fc-list ":family=${1#font:}" family | grep -q . ;;
    file:*)
        has kpsewhich && kpsewhich "${1#file:}" >/dev/null 2>&1 && return
        find fonts /usr/share/fonts /usr/local/share/fonts /usr/share/texlive /usr/share/texmf-dist /usr/local/texlive \
            -name "${1#file:}" 2>/dev/null | grep -q .
        ;;
    *) return 1 ;;
    esac
}

# keep_unprobed LINES: sets $missing to those of the lines whose probe finds nothing.
keep_unprobed() {
    missing=
    while read -r alternatives probe; do
        [ -n "$alternatives" ] || continue
        probe "$probe" || missing="$missing$alternatives $probe$nl"
    done <<LINES
$1
LINES
}

# first_names LINES: the first alternative of every line, on one line.
first_names() { printf '%s' "$1" | sed 's/[[:space:]].*//; s/|.*//' | tr '\n' ' ' | sed 's/ $//'; }

# may_install: sets $sudo so that "$sudo command" runs as root; fails if nothing does.
may_install() {
    sudo=
    [ "$(id -u)" != 0 ] || return 0
    has sudo || return 1
    sudo=sudo
    sudo -n true 2>/dev/null && return
    [ -t 0 ] || return 1
    say '安装系统软件包需要管理员权限，请输入您的登录密码（sudo）：'
    sudo -v
}

# apt ARGUMENT...: apt-get as root, asking nothing, waiting for another apt or dpkg at work.
apt() {
    logged $sudo env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 \
        apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@"
}

# apt_update: reads the package lists anew. One dead source among many is no reason to give up: the
# installation will tell. The lists have a lock of their own, which no option waits for.
apt_update() {
    tries=0
    until : >"$log" && apt update; do
        tries=$((tries + 1))
        grep -q 'Could not get lock' "$log" && [ "$tries" -lt 60 ] || return 0
        [ "$tries" != 1 ] || say '另一个 apt 正在运行，等它结束……（waiting for another apt）'
        sleep 5
    done
}

# choose_available: sets $chosen to the first alternative of every missing line that the package sources have.
choose_available() {
    chosen=
    unavailable=
    while read -r alternatives _; do
        [ -n "$alternatives" ] || continue
        rest=$alternatives
        while [ -n "$rest" ]; do
            if apt-cache show "${rest%%|*}" >/dev/null 2>&1; then
                chosen="$chosen ${rest%%|*}"
                break
            fi
            case $rest in *'|'*) rest=${rest#*|} ;; *) rest= && unavailable="$unavailable $alternatives" ;; esac
        done
    done <<LINES
$missing
LINES
}

# no_cluster [remove]: while Debian installs the server it makes no database; each test run makes its own.
no_cluster() {
    file=/etc/postgresql-common/createcluster.d/lanxian-pipeline.conf
    case " $chosen " in *' postgresql '*) ;; *) return 0 ;; esac
    if [ -n "${1:-}" ]; then
        logged $sudo rm -f "$file" || :
    else
        printf 'create_main_cluster = false\n' | $sudo install -D -m 644 /dev/stdin "$file" >>"$log" 2>&1 || :
    fi
}

install_missing() {
    say "正在更新软件包目录……（apt-get update）"
    # After an interruption apt-get does nothing before this. It fails while another dpkg is at work, which
    # apt-get will wait for; any other cause comes up again in apt-get's own words.
    logged $sudo env DEBIAN_FRONTEND=noninteractive dpkg --configure -a --force-confold || :
    apt_update
    choose_available
    [ -z "$unavailable" ] || stop_with_log \
        "本机的软件源里没有下列软件包，请管理员检查 apt 软件源和网络：$unavailable" \
        '(These packages are not in the configured apt sources, or the sources cannot be reached.)'
    # shellcheck disable=SC2086  # a list of words
    megabytes=$(apt-get install -y --no-install-recommends --print-uris $chosen 2>/dev/null 9<&- |
        awk "/^'/ { bytes += \$3 } END { printf \"%d\", bytes / 1000000 + 1 }") || megabytes=
    duration='通常 1～5 分钟'
    [ "${megabytes:=300}" -ge 50 ] || duration='通常不到 1 分钟'
    say "正在安装系统软件包：${chosen# }" \
        "需下载约 $megabytes MB，$duration；只此一次。（installing system packages, once; log: $log）"
    no_cluster
    # shellcheck disable=SC2086  # a list of words
    apt install -y --no-install-recommends --no-remove -o Dpkg::Options::=--force-confold $chosen || {
        no_cluster remove
        stop_with_log '系统软件包没有装上。请按上面的提示处理（多为网络或磁盘空间问题），然后再运行一次 make。' \
            '(Installing the system packages failed; run make again once the cause is gone.)'
    }
    no_cluster remove
}

# system_packages: sets $how to the way the packages were found.
system_packages() {
    how=dpkg
    if has apt-get && has dpkg-query; then
        find_missing
        missing=$missing$python_packages
        [ -n "$missing" ] || return 0
        if may_install; then
            install_missing
            find_missing
            [ -z "$missing" ] || stop_with_log "安装后仍缺少：$(first_names "$missing")（still missing after installation）"
            return
        fi
        keep_unprobed "$missing"
        how=probed
        choose_available
        [ -z "$unavailable" ] || chosen=" $(first_names "$missing")"
        [ -z "$missing" ] || stop \
            '缺少系统软件包，而当前用户没有管理员权限。请管理员在本机执行下面一行，然后再运行一次 make：' \
            "(System packages are missing and there is no right to install them. Ask the administrator to run:)" \
            '' \
            "    apt-get update && apt-get install -y --no-install-recommends$chosen"
    else
        how=probed
        keep_unprobed "$(package_lines)"
        [ -z "$missing" ] || stop \
            '本机没有 apt（不是 Debian 系统），又缺少下列程序或字体。请用本机的办法装好，再运行一次 make：' \
            '(This is not a Debian system, and these programs or fonts are missing; install them by other means:)' \
            '' \
            "$(printf '%s' "$missing" | sed -e 's/^\([^ ]*\) cmd:\(.*\)/    命令 \2（Debian 软件包 \1）/' \
                -e 's/^\([^ ]*\) font:\(.*\)/    字体 \2（Debian 软件包 \1）/' \
                -e 's/^\([^ ]*\) file:\(.*\)/    字体文件 \2（Debian 软件包 \1）/')"
    fi
}

# ---------------------------------------------------------------- Python

# find_python: sets $python to an interpreter that is new enough and, on Debian, $python_packages to what
# must be installed before it can make a virtual environment.
find_python() {
    python_packages=
    python=${PYTHON:-python3}
    candidates=$python
    [ "$python" != python3 ] || candidates='python3 python3.13 python3.12 python3.11 python3.14'
    for candidate in $candidates; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            python=$candidate
            "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || python_packages="${python##*/}-venv venv:$nl"
            return
        fi
    done
    if has "$python"; then
        stop "Python 太旧：需要 3.11 或更新，本机的 $python 是 $("$python" --version 2>&1 | sed 's/^Python //')。" \
            '请安装新版 Python，再用 make PYTHON=新版的路径 ……（Python 3.11 or newer is needed.）'
    fi
    if [ "$python" != python3 ] || ! has apt-get; then
        stop "找不到 Python：$python。请安装 Python 3.11 或更新版本。（Python 3.11 or newer is needed.）"
    fi
    python_packages="python3 cmd:python3${nl}python3-venv venv:$nl"
}

# packages FILE: the pinned packages of a list, every file checked against its hash.
packages() {
    logged .venv/bin/python -m pip install --quiet --no-input --no-user --disable-pip-version-check \
        --require-hashes --only-binary :all: -r "$1" ||
        stop_with_log 'Python 软件包没有装上。若是网络不通或太慢，请向信息部门要来本地镜像的地址，' \
            '用 pip config set global.index-url 地址 设好，再运行一次 make。(pip install failed)'
}

# virtual_environment: .venv with exactly the pinned packages, every file checked against its hash.
# .venv/.home is there only while the environment is whole: one that an interrupted run left behind, or that
# came along when the folder was moved or copied, is made anew.
virtual_environment() {
    if [ -e .venv ] || [ -L .venv ]; then
        if [ "$(cat .venv/.home 2>/dev/null)" != "$root" ] || ! .venv/bin/python -c 'import pip' >/dev/null 2>&1; then
            [ -f .venv/pyvenv.cfg ] || [ -L .venv ] || [ -f .venv/.begun ] ||
                stop "$root/.venv 不是 Python 虚拟环境，请改名或删除后再试。（.venv is not a virtual environment.）"
            rm -rf .venv
        fi
    fi
    say '正在准备 Python 环境（.venv），通常不到 1 分钟；只此一次。（preparing the Python environment, once）'
    if [ ! -d .venv ]; then
        mkdir .venv || stop "不能在 $root 里建立文件夹，请检查权限。（This folder cannot be written to.）"
        : >.venv/.begun
        logged "$python" -m venv .venv ||
            stop_with_log 'Python 虚拟环境没有建成。（python -m venv failed）'
    fi
    rm -f .venv/.home
    packages "$requirements"
    for extra in $extras; do
        wants "$extra" || continue
        packages "requirements-$extra.txt"
        cksum <"requirements-$extra.txt" >".venv/.setup-$extra"
    done
    PIP_REQUIRE_HASHES=0 logged .venv/bin/python -m pip install --quiet --no-input --no-user \
        --disable-pip-version-check --no-deps --no-build-isolation -e . ||
        stop_with_log '本程序没有装进 .venv。（pip install -e . failed）'
    printf '%s\n' "$root" >.venv/.home
}

write_stamp() {
    printf '%s %s\n' "$(stamp_key "$1")" "$how" >".venv/.setup-$1.new"
    mv -f ".venv/.setup-$1.new" ".venv/.setup-$1"
}

# ---------------------------------------------------------------- the run

! done_before || exit 0

trap finish EXIT
trap 'say "" "已中断；下次运行 make 会接着做完。（interrupted; the next make goes on）"; exit 130' INT TERM HUP

if has flock; then
    exec 9<setup/setup.sh
    if ! flock -n 9; then
        say '另一个 make 正在准备环境，等它做完……（waiting for another make）'
        flock 9
        if done_before; then
            failed=0
            exit 0
        fi
    fi
fi

log=$(mktemp "${TMPDIR:-/tmp}/pipeline-setup.XXXXXX")
find_python
system_packages
[ -z "$python_packages" ] || find_python
[ -z "$python_packages" ] || stop "$python 不能建立虚拟环境（缺少 venv 或 ensurepip 模块）。（$python lacks venv or ensurepip.）"
virtual_environment
write_stamp run
[ "$profile" = run ] || write_stamp dev
failed=0
say '环境已就绪。（ready）'
