# Everything is done by the scripts in tools/; they need only Python 3.11 or newer with its venv module.
PYTHON ?= python3
READY = .venv/bin/python

.PHONY: help run test check scan-code sbom format night lock shots bench-public bench-crm bench-events ready
.DEFAULT_GOAL := help

help:
	@echo "make run     the site, the workspace and the task worker on this machine (PORT=8123 make run)"
	@echo "make test    the whole test suite (DB=sqlite or DB=postgresql for one database)"
	@echo "make check   formatting, lint, types, import contracts, migrations, templates, deploy checks"
	@echo "make scan-code  our own rules, bandit, a search for secrets and make sbom, offline"
	@echo "make sbom    every locked package with its hashes (CycloneDX), in build/sbom.json"
	@echo "make format  code and templates as make check wants them"
	@echo "make night   the tests that are too slow for every day"
	@echo "make lock    renew requirements/*.txt"
	@echo "make shots   a picture of every screen, in shots/"
	@echo "make bench-public   what a public page costs, beside a bare view and a plain Wagtail page (ARGS=--write)"
	@echo "make bench-crm      what a screen of the workspace costs among 100,000 people (ARGS=--write)"
	@echo "make bench-events   what a registration, a calendar and a mail cost, on two web workers (ARGS=--write)"

run:
	@$(PYTHON) -m tools.run

# What everything below needs: .venv with the tools in it, the style sheet and the translations.
ready:
	@$(PYTHON) -m tools.prepare

test: ready
	@$(READY) -m tools.test $(if $(DB),--database=$(DB)) $(ARGS)

night: ready
	@$(READY) -m tools.test --night $(if $(DB),--database=$(DB)) $(ARGS)

check: ready
	@$(READY) -m tools.check

scan-code: ready
	@$(READY) -m tools.scan_code

sbom: ready
	@.venv/scan/bin/python -m tools.sbom

format: ready
	@$(READY) -m tools.format

shots: ready
	@$(READY) -m tools.shots $(ARGS)

bench-public: ready
	@$(READY) -m tools.bench_public $(ARGS)

bench-crm: ready
	@$(READY) -m tools.bench_crm $(ARGS)

bench-events: ready
	@$(READY) -m tools.bench_events $(ARGS)

lock:
	@$(PYTHON) -m tools.lock
