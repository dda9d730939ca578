#!/bin/sh
# Starts a packed program in an empty root: no locale, no home, no fonts, and only what the program itself needs.
# usage: scripts/try-dist.sh FOLDER     FOLDER: the folder that `make dist` made
# Says SKIPPED where this user may not change the root.
set -eu
package=$(cd "$1" && pwd)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
cp -R "$package" "$root/disc"
chmod +x "$root/disc/zicha"
# A program that is not static needs its loader and C library, and nothing else.
if ldd "$package/zicha" >/dev/null 2>&1; then
  ldd "$package/zicha" | grep -o '/[^ )]*' | sort -u | while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
  done
fi
mkdir -p "$root/tmp"
if unshare --map-root-user --net --root="$root" /disc/zicha --version >/dev/null 2>&1; then
  enter="unshare --map-root-user --net --root=$root"
elif chroot "$root" /disc/zicha --version >/dev/null 2>&1; then
  enter="chroot $root"
else
  echo "SKIPPED: the package in an empty root: neither unshare nor chroot is allowed here"
  exit 0
fi
status=0
env -i $enter /disc/zicha check /disc/示例台账 --as-of 2026-09-24 --checklist 全部 --out /报告 >"$root/told" || status=$?
test "$status" -eq 1 || { cat "$root/told"; echo "ended with $status" >&2; exit 1; }
for paper in index.html 自查报告.html 自查报告.pdf 自查报告.docx 整改清单.xlsx 奖惩汇总.pdf 到期提醒.ics results.json manifest.json; do
  test -s "$root/报告/$paper" || { echo "$paper is missing" >&2; exit 1; }
done
env -i $enter /disc/zicha verify /报告 >/dev/null
echo "the package runs in an empty root and writes $(find "$root/报告" -type f | wc -l) files"
