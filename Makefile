# Everything is done by the scripts in tools/; they need only Python 3.11 or newer with its venv module.
PYTHON ?= python3

.PHONY: help run test check format night lock shots
.DEFAULT_GOAL := help

help:
	@echo "make run     the site, the workspace and the task worker on this machine (PORT=8123 make run)"
	@echo "make test    the whole test suite (DB=sqlite or DB=postgresql for one database)"
	@echo "make check   formatting, lint, types, import contracts, migrations, templates, deploy checks"
	@echo "make format  code and templates as make check wants them"
	@echo "make night   the tests that are too slow for every day"
	@echo "make lock    renew requirements/*.txt"
	@echo "make shots   a picture of every screen, in shots/"

run:
	@$(PYTHON) -m tools.run

test:
	@$(PYTHON) -m tools.test $(if $(DB),--database=$(DB)) $(ARGS)

night:
	@$(PYTHON) -m tools.test --night $(if $(DB),--database=$(DB)) $(ARGS)

check:
	@$(PYTHON) -m tools.check

format:
	@$(PYTHON) -m tools.format

lock:
	@$(PYTHON) -m tools.lock

shots:
	@$(PYTHON) -m tools.shots $(ARGS)
