# What a newcomer runs first: `make demo`, then `make test`.

CARGO ?= cargo
# A folder of annotated reports, with score.py in the folder that holds it.
GOLD ?= ../shared/gold/dev
# The scorer, if it lies elsewhere.
SCORE ?=
# Where `make eval` writes its figures. Another set of reports is only printed, unless OUT says where.
OUT ?= $(if $(filter ../shared/gold/dev,$(GOLD)),eval/scores.tsv)
# JSON lines for `make bench`; the demo reports when empty.
CORPUS ?=

# Where `make demo` opens the page, if not at 127.0.0.1:7878.
LISTEN ?=
TARGET = $(if $(CARGO_TARGET_DIR),$(CARGO_TARGET_DIR),$(CURDIR)/target)

.PHONY: demo web test test-web lint eval bench

## Builds the page and the program, keeps the demo reports in a store, and opens it at http://127.0.0.1:7878.
demo: web
	$(CARGO) build --release --quiet --bin musnad
	mkdir -p "$(TARGET)"
	rm -f "$(TARGET)"/demo.db*
	"$(TARGET)/release/musnad" demo --store "$(TARGET)/demo.db"
	"$(TARGET)/release/musnad" serve "$(TARGET)/demo.db" $(if $(LISTEN),--listen "$(LISTEN)")

## The page, built to web/dist. The program that is built after it carries the page inside.
web: web/node_modules/.package-lock.json
	cd web && npm run --silent build

web/node_modules/.package-lock.json: web/package-lock.json
	sh web/scripts/needs.sh node
	cd web && npm ci --no-audit --no-fund
	@touch $@

## The page in a real browser, against the real server; before that its types, its pure parts and its size.
test-web: web
	sh web/scripts/needs.sh node chromium
	cd web && npm run --silent check && npm run --silent types:check && npm run --silent unit && npm run --silent size
	$(CARGO) build --release --quiet --bin musnad
	cd web && MUSNAD="$(TARGET)/release/musnad" npx playwright test

## Everything that must hold before a change lands.
test: lint
	$(CARGO) test --workspace --quiet
	$(MAKE) test-web
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --quiet

lint:
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --quiet -- -D warnings
	@if command -v python3 >/dev/null; then python3 -m doctest tools/measures.py tools/detect_events.py; fi

## Scores the reader on annotated reports and writes eval/scores.tsv.
eval:
	$(CARGO) build --release --quiet --bin musnad
	python3 tools/eval.py "$(GOLD)" $(if $(SCORE),--score "$(SCORE)") $(if $(OUT),--out "$(OUT)")

## Words per second of each stage and of the whole, start-up time and memory.
bench:
	$(CARGO) bench --quiet --package musnad-cli --bench stages -- $(abspath $(CORPUS))
