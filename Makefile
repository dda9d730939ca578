# Two commands: `make demo` shows the result on the sample data, `make test` checks everything.
# Needs Rust (rustup reads rust-toolchain.toml), make, and npm or pip for the fonts.

ZICHA := target/release/zicha
AS_OF := 2026-09-24
OUT := sample-data/faulty/out

.PHONY: demo test dist build fonts fmt lint doc unit browser typos audit fuzz-smoke import-graph release-check clean

## Fetch the fonts, build, run both checklists on the faulty sample, say what to open.
demo: build
	@# Exit status 1 means findings: what the demo is for.
	$(ZICHA) check sample-data/faulty --as-of $(AS_OF) --no-baseline || test $$? -eq 1
	$(ZICHA) check sample-data/faulty --as-of $(AS_OF) --checklist festival --no-baseline || test $$? -eq 1
	@echo
	@echo "Open  $(OUT)/2026-annual/index.html        (annual self-inspection)"
	@echo "and   $(OUT)/2026-national-day/index.html  (before National Day)"

## Formatting, lints, docs and all tests, from a clean checkout.
test: fonts fmt typos audit lint unit browser doc

## One folder and zip to carry on a disc. MUSL=… names the static target if it is installed (rustup target add);
## ZICHA=… packs a program that is already built.
MUSL := $(shell rustup target list --installed 2>/dev/null | grep -m1 linux-musl)
dist:
ifeq ($(origin ZICHA),command line)
	python3 scripts/make-dist.py $(ZICHA)
else ifneq ($(MUSL),)
	$(MAKE) fonts
	cargo build --release --locked --target $(MUSL)
	python3 scripts/make-dist.py target/$(MUSL)/release/zicha
else
	$(MAKE) build
	@echo "not static: no musl target is installed (rustup target add x86_64-unknown-linux-musl); 系统要求.txt names the C library"
	python3 scripts/make-dist.py $(ZICHA)
endif
	sh scripts/try-dist.sh dist/zicha-*-linux-x86_64

build: fonts
	cargo build --release --locked

fonts:
	python3 scripts/fetch-fonts.py

fmt:
	cargo fmt --check

lint:
	cargo clippy --locked --workspace --all-targets -- -D warnings

doc:
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --no-deps --document-private-items

unit:
	cargo test --locked --workspace

## The pages in a real browser; what is missing for that is told as SKIPPED.
browser:
	@if command -v node >/dev/null; then node tests/browser/run.mjs; else echo "SKIPPED: browser tests: no node on this machine"; fi

## Spelling of code and developers' documents (typos.toml).
typos:
	@if command -v typos >/dev/null; then typos; else echo "SKIPPED: spelling: typos is not installed (cargo install typos-cli)"; fi

## What is linked: nothing that opens a connection, permissive licences, one registry (deny.toml).
audit:
	@if command -v cargo-deny >/dev/null; then cargo deny --locked check bans licenses sources; else echo "SKIPPED: cargo deny: not installed (cargo install cargo-deny); a test holds the bans against Cargo.lock"; fi

## Which module imports which, and every circle.
import-graph:
	cargo run --quiet --locked -p zicha-import-graph

## Every fuzz target for a few seconds, in a folder that is thrown away.
fuzz-smoke:
	@sh scripts/fuzz-smoke.sh

## Before a release: all of the above from a clean tree, the changelog has the version, the demo's bytes are the same twice.
release-check:
	@sh scripts/release-check.sh

clean:
	cargo clean
	rm -f fonts/*.ttf fonts/*.txt
