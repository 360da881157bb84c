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

.PHONY: demo test lint eval bench

## Reads the demo reports and prints them as pages.
demo:
	$(CARGO) run --release --quiet --bin musnad -- demo --format pretty

## Everything that must hold before a change lands.
test: lint
	$(CARGO) test --workspace --quiet
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
