#!/bin/sh
# Installs the system packages that Kanalregister needs and this machine lacks (Debian, Ubuntu and their kin).
#
#   sh resources/setup/system_packages.sh run     what the window needs
#   sh resources/setup/system_packages.sh test    the above, and the real parts that the tests use
#
# It never fails: where it may not install, it says in one line what to install and lets the program try.
set -u

# The libraries Qt loads: the first line draws without a screen, the second opens a window on one.
run_packages="libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3 fonts-dejavu-core
    libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0"
# A screen, a bus, accessibility, a keyboard, a spreadsheet, faults, a reader of PDF, keyrings, a server, and age.
test_packages="xvfb dbus at-spi2-core xdotool strace poppler-utils gnome-keyring keepassxc age postgresql"

wanted() {
    echo "$run_packages"
    [ "$1" = test ] && echo "$test_packages" && calc_package
    "${PYTHON:-python3}" -c 'import ensurepip, venv' 2>/dev/null || venv_package
}

# A LibreOffice with windows conflicts with the one without: who has the former keeps it.
calc_package() {
    if dpkg-query -W -f='${db:Status-Status}' libreoffice-core 2>/dev/null | grep -q '^installed'; then
        echo libreoffice-calc
    else
        echo libreoffice-calc-nogui
    fi
}

venv_package() {
    "${PYTHON:-python3}" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])' 2>/dev/null || true
}

# Newer releases carry some libraries under a name with t64 at its end.
missing() {
    present=" $(dpkg-query -W -f='${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p' | tr '\n' ' ') "
    for package in $(wanted "$1"); do
        case "$present" in
            *" $package "* | *" ${package}t64 "*) ;;
            *) echo "$package" ;;
        esac
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

install() {
    log=$(mktemp)
    as_root apt-get update >"$log" 2>&1
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        -o DPkg::Lock::Timeout=300 "$@" >>"$log" 2>&1
    outcome=$?
    [ "$outcome" = 0 ] || tail -n 5 "$log" >&2
    rm -f "$log"
    return "$outcome"
}

purpose=${1:-run}
[ "$(uname -s)" = Linux ] || exit 0
if ! command -v dpkg-query >/dev/null; then
    [ "$purpose" = run ] || echo "Tests whose parts are missing are skipped: this script installs them on Debian and Ubuntu only." >&2
    exit 0
fi
lacking=$(missing "$purpose" | tr '\n' ' ')
[ -n "$lacking" ] || exit 0
if may_install; then
    echo "Installing system packages: $lacking"
    # The names are words, and each is its own argument.
    # shellcheck disable=SC2086
    install $lacking && exit 0
fi
echo "Please install what is missing: sudo apt-get install $lacking" >&2
exit 0
