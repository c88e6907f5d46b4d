# Silian. `make help` lists what there is.
.DEFAULT_GOAL := help
.PHONY: help prepare prepare-tests build demo serve test check lint format bench fuzz soak differential clean

SILIAN := .build/release/silian
REGION := packs/karamay/demo
PACKS := packs/karamay
DATA := demo
HOST := 127.0.0.1
PORT := 8080
COUNT := 1000000
FIRMS := 100000
ROWS := 1000000
TIMES := 300
differential: COUNT := 5000

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

prepare: ## install what is missing, check the Swift toolchain
	@scripts/prepare

build: prepare ## build the release of silian
	swift build -c release --product silian

$(DATA)/provenance.json: build $(REGION)/region.yaml
	$(SILIAN) synthesize --region $(REGION) --out $(DATA)

demo: build $(DATA)/provenance.json ## make the demo region and serve it at http://127.0.0.1:8080
	$(SILIAN) serve $(PACKS) --data $(DATA) --host $(HOST) --port $(PORT)

serve: build ## serve all packs without facts
	$(SILIAN) serve --host $(HOST) --port $(PORT)

prepare-tests: ## install what is missing, for the tests too
	@scripts/prepare tests

test: prepare-tests ## run every test, those of the store with SQLite and with a PostgreSQL of their own
	scripts/with-postgres swift test

check: lint test ## what CI runs: format and tests

lint: prepare
	swift format lint --strict -r Sources Tests Benchmarks/Sources Package.swift Benchmarks/Package.swift

format: ## format the sources in place
	swift format -i -r Sources Tests Benchmarks/Sources Package.swift Benchmarks/Package.swift

bench: build ## rates of FEEL, check-ups and imports, and the workload beside other engines (ROWS=1000000)
	PEERS_PYTHON=$$(scripts/peers) swift run -c release --package-path Benchmarks Benchmarks
	ROWS=$(ROWS) scripts/workload
	scripts/with-postgres scripts/store-rates $(ROWS)

fuzz: prepare ## a million broken expressions and models: no crash, no hang
	swift run -c release --package-path Benchmarks Fuzz --count $(COUNT) $(if $(SEED),--seed $(SEED)) \
	  $(if $(wildcard ../shared/tck),--kit ../shared/tck)

soak: build ## kill imports, corrections and migrations TIMES times at random moments, in both databases
	swift build -c release --package-path Benchmarks --product Soak
	scripts/with-postgres scripts/soak $(TIMES) $(SEED)

differential: prepare ## thousands of random packs, and synthetic firms by every pack: columns against the interpreter
	DIFFERENTIAL_COUNT=$(COUNT) DIFFERENTIAL_FIRMS=$(FIRMS) $(if $(SEED),DIFFERENTIAL_SEED=$(SEED)) \
	  swift test -c release -Xswiftc -enable-testing --scratch-path .build/differential \
	  --filter "DifferentialTests|SyntheticPopulationTests"

clean: ## remove what was built and the demo region
	rm -rf .build Benchmarks/.build $(DATA)
