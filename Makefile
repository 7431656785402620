PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
REPLAYWEBPAGE := 2.5.3  # AGPL: fetched unmodified for `make interop`, never part of wirecopy
AXE := 4.14.1  # MPL: the same

.PHONY: bench cluster year demo test lowest lint interop replay-speed realweb faults crawl-speed fuzz damage clean

demo: $(INSTALLED)  ## capture the demo's story and its copies, and sum them up
	$(BIN)/wirecopy demo

test: $(INSTALLED)  ## every test, in six processes: many of them wait
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 6 --dist worksteal $(PYTEST_ARGS)

lowest: .venv-lowest/.installed  ## every test with the oldest versions that pyproject.toml allows; by hand, where a bound changes
	.venv-lowest/bin/python -m pytest -n 6 --dist worksteal $(PYTEST_ARGS)

lint: $(INSTALLED)  ## rules, types, and who imports whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

interop: $(INSTALLED) .venv-interop/.installed  ## other people's tools read the demo's archive
	rm -rf benchmarks/out/demo benchmarks/out/demo.wacz
	$(BIN)/wirecopy demo -c benchmarks/out/demo >/dev/null 2>&1
	$(BIN)/wirecopy pack benchmarks/out/demo
	XDG_CONFIG_HOME=benchmarks/out $(BIN)/wirecopy sign benchmarks/out/demo.wacz  # a key of its own, not the user's
	.venv-interop/bin/python benchmarks/interop/check.py benchmarks/out/demo benchmarks/out/demo.wacz \
		--out benchmarks/out --replaywebpage .venv-interop/replaywebpage --chromium "$$(command -v chromium)" \
		$(if $(CI),--no-skips)
	$(BIN)/python benchmarks/accessibility.py .venv-interop/axe-core/axe.min.js benchmarks/out/demo || \
		[ $$? = 2 -a -z "$(CI)" ]  # 2: no browser here, or no axe-core

replay-speed: $(INSTALLED) .venv-interop/.installed  ## raw replay beside pywb, the desk with 100,000 articles, fidelity
	$(BIN)/python benchmarks/replay.py
	$(BIN)/python benchmarks/desk.py
	$(BIN)/python benchmarks/fidelity.py

faults: $(INSTALLED)  ## ten thousand crawls killed, cut off from power or failed by their disk; nothing may be lost
	nice $(BIN)/python benchmarks/faults.py
	nice $(BIN)/python benchmarks/faults_processes.py

bench: $(INSTALLED) .venv-peers/.installed .venv-webarchive/.installed  ## speed, memory and growth beside peers, in one table
	$(BIN)/python benchmarks/bench.py $(BENCH_ARGS)

cluster: $(INSTALLED)  ## 300 sites crawled by three workers that are killed in turn; needs redis-server
	$(BIN)/python benchmarks/cluster.py

year: $(INSTALLED)  ## a year of the scheduled job in minutes
	$(BIN)/python benchmarks/year.py

crawl-speed: $(INSTALLED)  ## pages a second beside stock Scrapy and wget
	$(BIN)/python benchmarks/crawl.py

fuzz: $(INSTALLED)  ## every reader of what others wrote, fed with bytes nobody meant: make fuzz HOURS=8
	nice $(BIN)/python benchmarks/fuzz.py --hours $(or $(HOURS),2)

damage: $(INSTALLED)  ## every byte of a WARC flipped, every length cut: what does `wirecopy verify` find?
	nice $(BIN)/python benchmarks/damage.py

realweb: $(INSTALLED)  ## capture the real pages of ../shared/pages through a local proxy
	$(BIN)/python benchmarks/realweb.py

.venv-interop/.installed: benchmarks/interop/requirements.txt
	$(PYTHON) -m venv .venv-interop
	.venv-interop/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/interop/requirements.txt
	if command -v npm >/dev/null; then cd .venv-interop && rm -rf package replaywebpage axe-core && \
		npm pack --silent replaywebpage@$(REPLAYWEBPAGE) | xargs tar -xzf && mv package replaywebpage && \
		npm pack --silent axe-core@$(AXE) | xargs tar -xzf && mv package axe-core; fi
	touch $@

.venv-peers/.installed: benchmarks/peers/requirements.txt
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r $<
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

.venv-webarchive/.installed: benchmarks/peers/webarchive.txt  # needs Scrapy 2.11: an environment of its own
	$(PYTHON) -m venv .venv-webarchive
	.venv-webarchive/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r $< || \
		echo "scrapy-webarchive cannot be installed with this Python: its rows are left out"
	touch $@

.venv-lowest/.installed: pyproject.toml
	$(PYTHON) -m venv .venv-lowest
	.venv-lowest/bin/python -m pip install --quiet --disable-pip-version-check uv
	.venv-lowest/bin/uv pip install --quiet --python .venv-lowest --resolution lowest-direct -e '.[test,notebook]'
	touch $@

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "wirecopy needs Python 3.11 or newer; say which: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test,lint]'
	touch $@

clean:  ## the environments, never the archives
	rm -rf $(VENV) .venv-*
