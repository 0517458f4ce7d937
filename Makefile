# 岚县个体工商户培育介绍信。直接运行 make 可看到全部用法。
# The targets that run the product make everything ready first; see setup/setup.sh.

SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# 用哪个 Python（3.11 或更新）：make setup PYTHON=/路径/python3.12
PYTHON ?= python3
# 维护用：重新锁定依赖版本时的 uv
UV ?= uv
export PYTHON

BIN := .venv/bin
PIPELINE := $(BIN)/pipeline

# 命令行上写的变量（UNIT=东村镇）变成选项（--unit '东村镇'）；环境变量中碰巧同名的不算。
given = $(findstring command line,$(origin $(1)))
quoted = '$(subst ','\'',$(1))'
option = $(if $(call given,$(1)),$(if $($(1)),$(2) $(call quoted,$($(1)))))
flag = $(if $(call given,$(1)),$(if $(filter-out 0 no 否,$($(1))),$(2)))
options = $(call option,UNIT,--unit) $(call option,COUNT,--count) $(call option,DATE,--date) $(call flag,DRY_RUN,--dry-run) $(call option,MONTH,--month) $(call option,QUARTER,--quarter) $(call option,YEAR,--year) $(ARGS)

# A report that is kept has a command, and a target of the same name.
KEPT := $(shell grep -l FrozenReport pipeline/reports/*/__init__.py 2>/dev/null)
REPORTS := $(if $(KEPT),$(shell sed -n 's/^    name="\(.*\)",/\1/p' $(KEPT)))

.PHONY: help setup setup-dev letters check month supervise lists items register page $(REPORTS) demo test lint format bench exporters locale pictures requirements clean

help: ## 显示本说明
	@printf '用法：make 目标 [变量=值 …]\n\n目标：\n'
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1|\2/p' $(firstword $(MAKEFILE_LIST)) | \
		while IFS='|' read -r name text; do printf '  make %-14s %s\n' "$$name" "$$text"; done
	@sed -n -e 's/^    name="\(.*\)",/\1|/; t name' -e 's/^    title="\(.*\)",/出\1/; t title' -e d \
		-e ': name' -e 'h; d' -e ': title' -e 'H; g; s/\n//p' $(KEPT) /dev/null | \
		while IFS='|' read -r name text; do printf '  make %-14s %s\n' "$$name" "$$text"; done
	@printf '\n变量：\n'
	@printf '  %s\n' 'UNIT=东村镇        给这个单位加印（与 COUNT 同用）' 'COUNT=10           加印多少份' \
		'DATE=2022-06-01    印在介绍信上的日期' 'DRY_RUN=1          试算：不编号，不出文件' 'MONTH=2022-06      出哪个月的' \
		'QUARTER=2022-Q2    出哪个季度的' \
		'YEAR=2022          出哪一年的' \
		'POSTGRESQL=1       与 setup 同用：另装连接数据库的软件包（台账几个办公室共用时）' \
		'CLUSTER=1          与 setup 同用：另装和别的机器分工用的软件包' "ARGS='--help'      其他选项，原样交给程序"
	@printf '\n例：make letters UNIT=东村镇 COUNT=10\n'

setup: ## 准备运行环境（各目标会自动先做，一般不必单独运行）
	@sh setup/setup.sh

setup-dev: ## 准备开发、测试环境
	@sh setup/setup.sh --dev

letters: setup ## 给介绍信编号并排成可打印的文件
	@$(PIPELINE) letters $(options)

check: setup ## 检查 inputs 里的表格，不编号，不出文件
	@$(PIPELINE) check $(options)

month: setup ## 一个月到了该出的材料一次出齐，列出等人办的事
	@$(PIPELINE) month $(options)

items: setup ## 挂账销号：看有哪些事项；ARGS=export 写出台账，ARGS=import 按表登记，ARGS=--help 看立账、交办、销号等
	@$(PIPELINE) items $(if $(ARGS),$(ARGS),list)

register: setup ## 台账：ARGS=status 看号段和状态，ARGS=check 核对是否完好，ARGS=--help 看发放、作废等登记
	@$(PIPELINE) register $(ARGS)

page: export PAGE = 1
page: setup ## 在浏览器里用：打开它说的网址；ARGS=--help 看让别的电脑用、立账号
	@$(PIPELINE) page $(ARGS)

supervise: setup ## 督查：拟提醒函、督办函、约谈通知书；ARGS='--confirm all' 签发
	@$(PIPELINE) supervise $(options)

lists: setup ## 写五清单、六定表、一台账；UNIT=东村镇 一台账只写这个单位的；ARGS=--each 每个单位一份
	@$(PIPELINE) lists $(options)

$(REPORTS): setup
	@$(PIPELINE) $@ $(options)

demo: setup ## 用编造的数据试一遍，放在 build/示例，不动正式的编号
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	@cp -Rp examples/2022/inputs examples/2022/templates examples/2022/pipeline.toml $(DEMO)
	@printf '示例里的人和店铺都是编造的。\n\n检查表格：\n'
	@$(PIPELINE) --root $(DEMO) check
	@printf '\n编号并排版：\n'
	@$(PIPELINE) --root $(DEMO) letters
	@printf '\n出简报：\n'
	@$(PIPELINE) --root $(DEMO) bulletin
	@printf '\n示例做完了，结果在 $(DEMO)/outputs，看过以后可以整个删掉。印出来的介绍信不要发出去。\n'

DEMO = build/示例

test: lint ## 运行全部检查和测试
	@$(BIN)/python -m pytest $(ARGS)

lint: setup-dev ## 检查代码（ruff、mypy、import-linter）
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: setup-dev ## 整理代码格式
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# The stamp is a copy of what was installed: it goes with .venv, and differs once the list does.
bench: setup-dev ## 与别的做法比速度，写 bench/RESULTS.md（ARGS=--quick 只试一下）
	@cmp -s requirements-bench.txt .venv/.setup-bench || { \
		echo '正在安装用来比较的软件包，只此一次……（installing what is measured against, once）' >&2 && \
		$(BIN)/python -m pip install --quiet --no-input --no-user --disable-pip-version-check \
			--require-hashes --only-binary :all: -r requirements-bench.txt && \
		cp requirements-bench.txt .venv/.setup-bench; }
	@$(BIN)/python -m bench $(ARGS)

exporters: setup-dev ## 维护用：让各种导出程序写同样的表再读，写 docs/导出程序.md（要能上网，要有 npm）
	@$(BIN)/python -m bench.exporters $(ARGS)

locale: setup-dev ## 维护用：编译命令行的中文词条（pipeline/locale）
	@$(BIN)/python -m babel.messages.frontend compile -d pipeline/locale

pictures: setup-dev ## 维护用：把示例县的文件印出来，重做操作手册里的图（docs/图）
	@$(BIN)/python -m examples.build.pictures

requirements: ## 维护用：重新锁定依赖版本（UPGRADE=1 则全部升级；需要 uv）
	@command -v $(UV) >/dev/null || { echo '需要 uv：可用 make requirements UV=/路径/uv（uv is needed）' >&2; exit 1; }
	@$(LOCK) -o requirements.txt
	@$(LOCK) --extra dev -c requirements.txt -o requirements-dev.txt
	@$(LOCK) --extra postgresql -c requirements.txt -o requirements-postgresql.txt
	@$(LOCK) --extra page -c requirements-dev.txt -o requirements-page.txt
	@$(LOCK) --extra cluster -c requirements-dev.txt -o requirements-cluster.txt
	@$(LOCK) --extra bench -c requirements.txt -o requirements-bench.txt

LOCK = $(UV) pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make requirements' -q \
	$(if $(UPGRADE),--upgrade)

clean: ## 删除 .venv 和各种缓存（不动 inputs、outputs、register）
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist
	@for folder in pipeline tests bench examples; do \
		[ ! -d "$$folder" ] || find "$$folder" -name __pycache__ -type d -prune -exec rm -rf {} +; done
