# Mingbai 明白. `make` lists the commands.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON := .venv/bin/python
RASA := .venv-rasa/bin/python -m rasa
ROOMS := gateway knowledge desk aid eligibility bot actions launch migrations tests bench

export TOKENIZERS_PARALLELISM = false
export RASA_TELEMETRY_ENABLED = false
export SQLALCHEMY_SILENCE_UBER_WARNING = 1
export TF_CPP_MIN_LOG_LEVEL = 2
export PYTHONPATH = .

.PHONY: help run talk test check lint setup prepare train index validate record format account bench encoder browser clean

help:  ## list these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

run:  ## set up what is missing, start everything, print the addresses (PORT=8080; Ctrl-C stops it)
	@$(MAKE) -j2 --no-print-directory prepare
	@exec $(PYTHON) -m launch

talk: prepare  ## one sentence: intent, entities, band, entry (make talk SAY=老板欠我工资)
	@SAY='$(subst ','\'',$(SAY))' sh -c 'exec $(PYTHON) -m launch.talk "$$SAY"'

test:  ## set up what is missing and run every test
	@$(MAKE) -j2 --no-print-directory prepare browser
	@exec $(PYTHON) -m tests

check: lint validate  ## format, types, lint, validators and unit tests: run it before every commit
	@$(PYTHON) -m tests --quick

lint: setup
	@$(PYTHON) -m ruff format --check $(ROOMS)
	@$(PYTHON) -m ruff check $(ROOMS)
	@$(PYTHON) -m mypy $(ROOMS)

setup: .venv/.ready .venv-rasa/.ready  ## build both Python environments

prepare: models/rasa/mingbai.tar.gz index

.venv/.ready: requirements/main.txt requirements/dev.txt requirements/constraints-main.txt
	@test -x .venv/bin/python || { python=$$(sh launch/find_python.sh 3.11) && "$$python" -m venv .venv; }
	@sh launch/step.sh setup-main "安装主环境（Python 3.11，约 2 分钟）" \
		.venv/bin/python -m pip install --disable-pip-version-check -r requirements/main.txt -r requirements/dev.txt
	@touch $@

.venv-rasa/.ready: requirements/rasa.txt requirements/constraints-rasa.txt
	@test -x .venv-rasa/bin/python || { python=$$(sh launch/find_python.sh 3.10) && "$$python" -m venv .venv-rasa; }
	@sh launch/step.sh setup-rasa "安装 Rasa 环境（Python 3.10，约 2 分钟）" \
		.venv-rasa/bin/python -m pip install --disable-pip-version-check -r requirements/rasa.txt
	@touch $@

train: models/rasa/mingbai.tar.gz  ## train the Rasa model if its data changed

# The entries' questions are training data too (bot/training_data.py).
RASA_SOURCES := config.yml $(wildcard domain/*.yml) \
	$(shell find data bot knowledge/content/entries -type f ! -name '*.pyc')
models/rasa/mingbai.tar.gz: $(RASA_SOURCES) | .venv-rasa/.ready
	@sh launch/step.sh train "训练对话模型（约 1–2 分钟）" \
		$(RASA) train --config config.yml --domain domain --data data --out models/rasa --fixed-model-name mingbai
	@touch $@

index: .venv/.ready  ## build the search index if entries or statutes changed
	@sh launch/step.sh index "建立知识库索引（第一次约 2 分钟，没有变化时几秒）" $(PYTHON) -m knowledge build
	@if grep -q "no statute texts" $${VAR_DIR:-var}/log/index.log; then \
		echo "  没有导入法律原文，按条查询和引用核对先略过。导入办法：STATUTES_PATH，见 docs/operations.md"; fi

validate: setup  ## check entries, citations, eligibility cases and Rasa data
	@$(PYTHON) -m knowledge verify
	@$(PYTHON) -m eligibility cases
	@sh launch/step.sh validate "检查对话数据" $(RASA) data validate --domain domain --data data --config config.yml

record: .venv/.ready  ## note the statute texts that the entries were just checked against
	@$(PYTHON) -m knowledge record

format: setup  ## format the code
	@$(PYTHON) -m ruff format $(ROOMS)
	@$(PYTHON) -m ruff check --fix $(ROOMS)

account: .venv/.ready  ## create a lawyer's account for the desk: make account NAME=wang
	@$(PYTHON) -m gateway migrate
	@$(PYTHON) -m gateway account add $(NAME)

encoder: .venv/.ready  ## train the encoder that ships (needs STATUTES_PATH)
	@$(PYTHON) -m knowledge train

bench: .venv/.ready  ## the retrieval figures that the README states
	@$(PYTHON) bench/retrieval.py

browser: .venv/.ready
	@sh launch/find_browser.sh >/dev/null

clean:  ## remove environments, trained models and indexes; databases in var/ stay
	@rm -rf .venv .venv-rasa models/rasa models/index var/log
