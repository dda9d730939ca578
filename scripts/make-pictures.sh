#!/bin/sh
# Makes the pictures of README.md and README.zh-CN.md anew from sample-data/faulty.
# Needs chromium, pdftoppm (poppler-utils) and montage (imagemagick).
# usage: scripts/make-pictures.sh [PROGRAM]     PROGRAM: target/release/zicha unless named
set -eu
zicha=${1:-target/release/zicha}
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

run() {
  "$zicha" check "$here/sample-data/faulty" --as-of 2026-09-24 --no-baseline --fonts embedded --out "$work/$1" --checklist "$1" >/dev/null 2>&1 || test $? -eq 1
}
# page NAME FOLDER PAPER PAGE: one page as a picture, framed.
page() {
  pdftoppm -r 72 -f "$4" -l "$4" -png -singlefile "$work/$2/$3.pdf" "$work/$1" 2>/dev/null
}

run annual
run festival
chromium --headless --no-sandbox --hide-scrollbars --window-size=1100,1340 --screenshot="$work/index.png" "file://$work/annual/index.html" >/dev/null 2>&1
pdftoppm -r 110 -f 1 -l 1 -png -singlefile "$work/annual/自查报告.pdf" "$work/first" 2>/dev/null
montage "$work/index.png" "$work/first.png" -tile 2x1 -geometry x820+20+20 -background '#777' "$work/result.png"

page 1 annual 自查报告 4
page 2 festival 节前保密检查情况报告 1
page 3 annual 整改通知单/综合办公室 1
page 4 annual 整改清单 1
page 5 annual 奖惩汇总 1
montage "$work/1.png" "$work/2.png" "$work/3.png" -tile 3x1 -geometry 396x560+0+0 -bordercolor '#999' -border 1 "$work/upright.png"
montage "$work/4.png" "$work/5.png" -tile 2x1 -geometry 594x420+0+0 -bordercolor '#999' -border 1 "$work/wide.png"
convert "$work/upright.png" "$work/wide.png" -gravity center -append "$work/papers.png"

for picture in result papers; do
  convert "$work/$picture.png" -strip +dither -depth 8 -colors 96 -define png:compression-level=9 -define png:exclude-chunks=date,time "PNG8:$here/docs/pictures/$picture.png"
done
