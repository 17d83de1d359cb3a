#!/bin/sh
# The programs that the tests start: puts them there when it may (root, Debian), else says the command and fails.
set -eu

missing=""
need() { command -v "$1" >/dev/null || missing="$missing $2"; }

need soffice "libreoffice-writer libreoffice-calc fonts-liberation fonts-dejavu-core"
need chromium "chromium"
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || need postgres "postgresql"

[ -z "$missing" ] && exit 0
install="apt-get install --yes --no-install-recommends$missing"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Ставим программы, которые запускают тесты:$missing"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $install -qq >/dev/null
else
  echo "Тестам нужны программы, которых здесь нет. Поставьте их и повторите: sudo $install" >&2
  exit 1
fi
