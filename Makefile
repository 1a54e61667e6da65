# Every command of the project. `make help` lists them.
PORT ?= 8000
VENV := .venv
PYTHON := $(VENV)/bin/python
STAMP := $(VENV)/.installed-$(shell sha256sum requirements-dev.txt 2>/dev/null | cut -c1-12)
TEST_ARGS ?=
AUDIT_SERVICE ?= pypi
# Some machines forbid Python to keep what it has compiled. Every process then compiles more than
# two thousand modules anew, which is half of the time that it takes to start.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help run dev test test-full lint format bench lock checks pages chromium translations \
  guide-pictures backup restore audit licenses load lighthouse

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

# pip brings uv alone, from the same lock file; uv brings the rest, in a third of pip's time. Where
# a mirror is set in pip's own configuration, which uv does not read, pip brings the rest as well.
$(STAMP): requirements-dev.txt
	@command -v python3 >/dev/null || { echo "Python 3.11 or newer is needed: python3"; exit 1; }
	@test -x $(PYTHON) || python3 -m venv $(VENV)
	@sed -n '/^uv==/,/[^\\]$$/p' requirements-dev.txt > $(VENV)/uv.txt
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $(VENV)/uv.txt
	@$(VENV)/bin/uv pip install --quiet --python $(PYTHON) --no-deps --require-hashes -r requirements-dev.txt || \
	  $(PYTHON) -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes -r requirements-dev.txt
	@rm -f $(VENV)/.installed-*; touch $@

run: $(STAMP) ## the site as in production, on http://127.0.0.1:8000/ (PORT=8123 for another)
	@PORT=$(PORT) exec $(PYTHON) -m pluginnovation.serve

dev: $(STAMP) ## the development server with reload
	@$(PYTHON) manage.py migrate --verbosity 0 && $(PYTHON) manage.py runserver 127.0.0.1:$(PORT)

test: $(STAMP) ## lint, checks, unit, page and browser tests
	@$(MAKE) --no-print-directory -j4 lint checks original-tables chromium
	@$(MAKE) --no-print-directory -j2 pages original-demo
	@$(PYTHON) -m pytest -q -n 2 --dist worksteal -m "not full and browser" $(TEST_ARGS)

test-full: $(STAMP) lint checks chromium ## everything, also what takes long
	@$(PYTHON) -m pytest -q -n 2 --dist worksteal -m "not browser" $(TEST_ARGS)
	@$(PYTHON) -m pytest -q -n 2 --dist worksteal -m browser $(TEST_ARGS)

lint: $(STAMP) ## ruff, formatting, templates
	@$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check .
	@$(VENV)/bin/djlint templates --lint --quiet

checks: $(STAMP) ## Django's checks, also for deployment, and migrations in step
	@$(PYTHON) manage.py check
	@$(PYTHON) manage.py makemigrations --check --dry-run
	@$(PYTHON) -m tests.deployment_check

# The databases that tests copy, made beside what leaves a processor idle.
original-%: $(STAMP)
	@$(PYTHON) -m tests.prepared $*

pages: $(STAMP)
	@$(PYTHON) -m pytest -q -n 2 --dist worksteal -m "not full and not browser" $(TEST_ARGS)

chromium: $(STAMP) # found, or installed where that is ours to do
	@$(PYTHON) -m tests.browser.chromium

format: $(STAMP) ## format the code
	@$(VENV)/bin/ruff check --fix . ; $(VENV)/bin/ruff format .

bench: $(STAMP) ## measure, on a database of its own, and print ratios
	@missed=0; for part in benchmarks bench_import bench_figures; do \
	  $(PYTHON) -m tests.$$part || missed=1; done; exit $$missed

load: $(STAMP) ## eight clients for 60 s beside an import of 100,000 records (SECONDS=5 ROWS=2000)
	@$(PYTHON) -m tests.benchmarks.load

lighthouse: $(STAMP) chromium ## Lighthouse, as on a telephone, on five pages (needs Node and Chromium)
	@$(PYTHON) -m tests.benchmarks.lighthouse

translations: ## compile locale/ after a change of its texts (needs gettext)
	@for name in django djangojs; do \
	  msgfmt -o locale/sv/LC_MESSAGES/$$name.mo locale/sv/LC_MESSAGES/$$name.po; done

guide-pictures: $(STAMP) ## take the pictures of docs/redaktor.md anew, from a demo of its own
	@$(PYTHON) -m tests.browser.guide_pictures

backup: $(STAMP) ## database and files into one encrypted archive (FILE=name.tar.age)
	@$(PYTHON) -m pluginnovation.backup make $(FILE)

restore: $(STAMP) ## FILE=name.tar.age into an empty database and empty folders
	@$(PYTHON) -m pluginnovation.backup restore $(FILE)

audit: $(STAMP) ## look the locked packages up among known vulnerabilities
	@$(VENV)/bin/pip-audit --strict --requirement requirements.txt --require-hashes --disable-pip \
	  --vulnerability-service $(AUDIT_SERVICE) || { echo "Not clean: either vulnerabilities are listed above," \
	  "or the service could not be asked. The second says nothing about the packages; try AUDIT_SERVICE=osv."; exit 1; }

licenses: $(STAMP) ## the licences of the packages that the site runs on
	@$(VENV)/bin/pip-licenses --from=mixed --order=license --format=plain \
	  --packages $$(sed -n 's/^\([A-Za-z0-9._-]*\)\(\[.*\]\)\?==.*/\1/p' requirements.txt)

lock: $(STAMP) ## make the lock files anew from pyproject.toml
	@for extra in "" "--extra dev"; do \
	  $(VENV)/bin/uv pip compile --quiet --generate-hashes --python-version 3.11 --no-header $$extra \
	    --output-file requirements$$([ -n "$$extra" ] && echo -dev).txt pyproject.toml; done
