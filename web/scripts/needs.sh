#!/bin/sh
# needs.sh node|chromium ...: whether they are there; as root on Debian they are installed, else it is said what to do.
set -eu

there() {
    case $1 in
    node) command -v npm >/dev/null && node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null ;;
    chromium) [ -x "${CHROMIUM:-/usr/bin/chromium}" ] ;;
    *) echo "needs.sh: what is $1?" >&2 && exit 2 ;;
    esac
}

for what in "$@"; do
    there "$what" && continue
    packages=$what
    [ "$what" = node ] && packages="nodejs npm"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing $packages …" >&2
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $packages >/dev/null
    fi
    there "$what" && continue
    case $what in
    node) echo "The page is built with Node.js 20.19 or later and npm: on Debian or Ubuntu \`sudo apt-get install nodejs npm\`, elsewhere https://nodejs.org" >&2 ;;
    chromium) echo "The page is tested in Chromium: on Debian \`sudo apt-get install chromium\`, elsewhere set CHROMIUM to its path" >&2 ;;
    esac
    exit 1
done
