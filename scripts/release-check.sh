#!/bin/sh
# What must hold before a version is passed on.
# usage: scripts/release-check.sh     (or `make release-check`)
set -eu
cd "$(dirname "$0")/.."
version=$(sed -n '/^\[workspace.package\]/,/^$/s/^version = "\(.*\)"/\1/p' Cargo.toml)

echo "— version $version: tree, changelog, lock file"
test -z "$(git status --porcelain)" || { echo "the tree has uncommitted changes" >&2; exit 1; }
grep -q "^## $version" CHANGELOG.md || { echo "CHANGELOG.md has no section ## $version" >&2; exit 1; }
cargo metadata --locked --format-version 1 --no-deps >/dev/null

make test
make fuzz-smoke
make import-graph

echo "— the demo twice: same bytes"
make build
demo=$(mktemp -d)
trap 'rm -rf "$demo"' EXIT
for run in 1 2; do
  target/release/zicha check sample-data/faulty --as-of 2026-09-24 --no-baseline --fonts embedded \
    --checklist all --out "$demo/$run" >/dev/null || test $? -eq 1
done
diff -r "$demo/1" "$demo/2"
target/release/zicha verify "$demo/1" >/dev/null
target/release/zicha --version | grep -q "$version"
echo "— the package twice: same bytes, and it runs in an empty root"
for run in 1 2; do
  python3 scripts/make-dist.py target/release/zicha "$demo/dist$run" >/dev/null
done
cmp "$demo"/dist1/*.zip "$demo"/dist2/*.zip
sh scripts/try-dist.sh "$demo"/dist1/zicha-*/
echo "release-check: $version can be tagged: git tag -a v$version"
