# Short on purpose; tests/tools/ holds what they run.
.PHONY: help serve test check tools sample site bench peers clean

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 14

serve: ## Build the dashboard and serve it on this machine (PORT=8080)
	@tests/tools/serve.sh

test: ## Install what the tests need and run all of them
	@tests/tools/test.sh

check: ## Only formatting and lints
	@tests/tools/test.sh check

tools: ## Install what building the dashboard needs, where it lacks
	@tests/tools/install-packages.sh
	@tests/tools/install-build-tools.sh

sample: ## Make the sample report in public/reports again from its inputs; with DAYS=3653 ten years of daily ones in target
	@tests/tools/sample.sh $(DAYS)

site: tools ## Build the dashboard for a web server into target/site (BASE=/)
	@tests/tools/build.sh $(or $(BASE),/) target/site-plain
	@node tests/tools/precompress.mjs target/site-plain target/site

bench: ## Measure reading metadata and advisories, comparing texts and the diff viewer against their peers
	@missed=0; \
	for bench in read_primary read_release read_osv diff; do cargo bench --features publish --bench $$bench || missed=1; done; \
	benches/browser/run.sh || missed=1; \
	exit $$missed

peers: ## Only the measurement of the diff viewer against its peers
	@benches/browser/run.sh

clean: ## Remove everything that was built; the installed tools stay
	rm -rf benches/browser/node_modules dist node_modules target
