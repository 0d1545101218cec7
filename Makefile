# SPDX-License-Identifier: Apache-2.0
# Plumbline. `make help` says what can be made. Everything that is made goes under build/.

# ---- What can be set: make CC=clang, make JOBS=4 check ----------------------------------------------------------------

CC   = gcc
JOBS = $(shell nproc)
# make V=1 shows each command in full; else only its output's name.
Q    = $(if $(V),,@echo "  $@";)
MAKEFLAGS += -j$(JOBS)
# What the program links, by pkg-config name; tools/setup.sh installs the packages.
LIBRARIES = glib-2.0 jansson libsodium libcrypto libssl sqlite3 libpq libmicrohttpd pangocairo librsvg-2.0 libqpdf \
            icu-uc zlib libzip libxml-2.0

# ---- How C is compiled ------------------------------------------------------------------------------------------------

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wcast-qual \
           -Wwrite-strings -Wformat=2 -Wundef -Wswitch-enum -Wimplicit-fallthrough -Wnull-dereference -Werror
LANGUAGE = -std=c17 -D_GNU_SOURCE -Isrc -Ibuild/gen -Itests
BANNED   = -include src/base/banned.h
# Nothing of the folder it is built in stays in the program: two builds of one source are equal (make reproducible).
HARDEN   = -O2 -g -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fPIE \
           -ffile-prefix-map="$(CURDIR)"=. $(HARDEN_$(MACHINE))
MACHINE       := $(shell uname -m)
HARDEN_x86_64  = -fcf-protection
HARDEN_aarch64 = -mbranch-protection=standard
HARDEN_LINK    = -pie -Wl,-z,relro,-z,now -Wl,--as-needed
SANITIZE = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all

# pkg-config is asked when the first file is compiled, so after setup, and once. Foreign headers are not ours to warn about.
LIBRARY_FLAGS = $(eval LIBRARY_FLAGS := $$(patsubst -I%,-isystem%,$$(shell pkg-config --cflags $(LIBRARIES))))$(LIBRARY_FLAGS)
LIBRARY_LINKS = $(eval LIBRARY_LINKS := $$(shell pkg-config --libs $(LIBRARIES)) -lm -pthread)$(LIBRARY_LINKS)

SECOND_CC = $(if $(findstring clang,$(CC)),gcc,clang)
COMPILE   = $(CC) $(LANGUAGE) $(BANNED) $(WARNINGS) $(LIBRARY_FLAGS) -MMD -MP

# ---- What there is ----------------------------------------------------------------------------------------------------

ROOMS   = base store ledger record org audit action review paper exchange http web api cli job
SOURCES = $(foreach room,$(ROOMS),$(wildcard src/$(room)/*.c)) src/catalogue.c
PAGES   = $(wildcard src/web/pages/*.html)
TESTS   = $(wildcard tests/*/*_test.c)
SUPPORT = $(filter-out %_test.c,$(wildcard tests/*/*.c))
OURS    = $(shell git ls-files -co --exclude-standard -- '*.c' '*.h')

# Made by tools/pagec.c: a C source for each page, and pages.h with the prototypes of all.
PAGE_SOURCES = $(PAGES:src/web/pages/%.html=build/gen/pages/%_html.c)
PAGE_HEADER  = $(if $(PAGES),build/gen/pages/pages.h)
# Compiled in by tools/embed.c as NAME=FILE; what is named by another (/static/NAME) stands before it.
ASSETS = inter.woff2=node_modules/inter-ui/variable-latin/InterVariable-subset.woff2 \
         htmx.js=node_modules/htmx.org/dist/htmx.min.js \
         $(foreach name,icons.svg favicon.svg $(notdir $(wildcard web/pl-*.js)) plumbline.js plumbline.css,$(name)=web/$(name))
# The outline of the standard, compiled in by tools/embed.c -c.
CONTENT      = $(wildcard content/*/*.csv)
GENERATED    = $(PAGE_SOURCES) build/gen/assets.c build/gen/content.c

OBJECTS     = $(SOURCES:%.c=build/%.o) $(GENERATED:%.c=%.o)
SAN_OBJECTS = $(SOURCES:%.c=build/san/%.o) $(GENERATED:build/%.c=build/san/%.o) $(SUPPORT:%.c=build/san/%.o)
TEST_RUNS   = $(TESTS:%.c=build/san/%)
# Rooms that read what anybody may send; fuzz/NAME_fuzz.c begins from fuzz/corpus/NAME.
FUZZ_ROOMS   = base store ledger record org audit action review paper exchange http
FUZZERS      = $(patsubst fuzz/%.c,build/fuzz/%,$(wildcard fuzz/*_fuzz.c))
FUZZ_SECONDS = 20
SECOND_LOOK = $(patsubst %.c,build/second/%.ok,src/main.c $(SOURCES) $(SUPPORT) $(TESTS) $(wildcard tools/*.c))
LINT        = $(SOURCES) src/main.c
# cppcheck 2.10 gives up a file where it sees __typeof__ or a macro that it does not know, so it is told of them; and where
# a compound literal follows a question mark, which stays unsaid: clang-tidy looks at those files all the same.
CPPCHECK_KNOWS = '-D__typeof__(x)=void *' '-Djson_object_foreach(o,k,v)=while ((k = f(o)) && (v = f(o)))' \
                 '-Djson_array_foreach(a,i,v)=while ((i = f(a)) && (v = f(a)))' --suppress=internalAstError

# ---- What can be made -------------------------------------------------------------------------------------------------

.PHONY: all help setup check test demo gallery browse second-look layers lint format reproducible fuzz clean
.DELETE_ON_ERROR:
.SECONDARY:

all: build/plumbline ## the program, build/plumbline

help: ## this list
	@awk -F ' ## ' '/^[a-z-]+:.* ## / { sub(/:.*/, "", $$1); printf "make %-13s %s\n", $$1, $$2 }' Makefile

check: layers second-look build/plumbline $(TEST_RUNS) ## what a change must pass: rooms in order, both compilers, all tests
	@tools/run_tests.sh $(JOBS) $(TEST_RUNS)

test: $(TEST_RUNS) ## the tests alone, under the address and undefined behaviour sanitizers
	@tools/run_tests.sh $(JOBS) $(TEST_RUNS)

second-look: $(SECOND_LOOK) ## all sources through the other compiler, for its warnings

layers: ## the order of the rooms
	@tools/layers.sh

lint: setup $(PAGE_HEADER) ## clang-format, clang-tidy, cppcheck, shellcheck; LINT="src/base/str.c" for some files
	$(Q)clang-format --dry-run -Werror $(LINT)
	$(Q)printf '%s\n' $(LINT) | xargs -P $(JOBS) -I @ clang-tidy --quiet @ -- $(LANGUAGE) $(BANNED) $(LIBRARY_FLAGS)
	$(Q)cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,portability --inline-suppr -j $(JOBS) -Isrc \
	    $(CPPCHECK_KNOWS) $(LINT)
	$(Q)shellcheck -x tools/*.sh demo/*.sh .ci/run

format: ## all C sources as .clang-format says
	clang-format -i $(OURS)

# Two folders, one with a blank in its name; the same bytes must come out.
reproducible: setup ## the program is the same wherever it is built
	@rm -rf build/twins
	@for twin in one 'another folder'; do \
	    mkdir -p "build/twins/$$twin" && \
	    git ls-files -co --exclude-standard -z | tar --null -cf - -T - | tar -xf - -C "build/twins/$$twin" && \
	    ln -s "$(CURDIR)/node_modules" "build/twins/$$twin/node_modules" && \
	    $(MAKE) -s -C "build/twins/$$twin" all || exit 1; \
	done
	@cmp build/twins/one/build/plumbline 'build/twins/another folder/build/plumbline' && echo 'both builds are equal'

setup: ## install what is missing (Debian packages, npm packages)
	@tools/setup.sh $(if $(filter-out all demo help clean reproducible build/plumbline,$(MAKECMDGOALS)),,--build)

fuzz: $(FUZZERS) ## each parser on mutated input for FUZZ_SECONDS, under the sanitizers
	@for one in $(FUZZERS); do name=$$(basename $$one _fuzz); mkdir -p build/fuzz/found/$$name; echo "  $$one"; \
	    $$one -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -artifact_prefix=build/fuzz/ -verbosity=0 \
	        build/fuzz/found/$$name fuzz/corpus/$$name || exit 1; done

clean: ## forget all that was made
	rm -rf build

# ---- How it is made ---------------------------------------------------------------------------------------------------

build/plumbline: build/src/main.o build/libplumbline.a
	$(Q)$(CC) $(HARDEN) $(HARDEN_LINK) -o $@ $^ $(LIBRARY_LINKS)

build/san/plumbline: build/san/src/main.o build/san/libplumbline.a
	$(Q)$(CC) $(SANITIZE) -Wl,--as-needed -o $@ $^ $(LIBRARY_LINKS)

build/libplumbline.a: $(OBJECTS)
build/san/libplumbline.a: $(SAN_OBJECTS)
build/libplumbline.a build/san/libplumbline.a:
	@rm -f $@
	$(Q)$(AR) rcsD $@ $^

build/%.o: %.c
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(HARDEN) -c -o $@ $<

build/gen/%.o: build/gen/%.c
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(HARDEN) -c -o $@ $<

build/san/%.o: %.c
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(SANITIZE) -c -o $@ $<

build/san/gen/%.o: build/gen/%.c
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(SANITIZE) -c -o $@ $<

build/second/%.ok: %.c
	@mkdir -p $(@D)
	$(Q)$(patsubst $(CC),$(SECOND_CC),$(COMPILE)) -MF $(@:.ok=.d) -MT $@ -fsyntax-only $< && touch $@

build/san/tests/%_test: build/san/tests/%_test.o build/san/libplumbline.a
	$(Q)$(CC) $(SANITIZE) -Wl,--as-needed -o $@ $^ -lcmocka $(LIBRARY_LINKS)

build/bench/record_bench build/bench/page_bench: build/bench/large.o
build/bench/paper_bench: build/tests/paper/report_sample.o
build/bench/%: build/bench/%.o build/libplumbline.a
	$(Q)$(CC) $(HARDEN) $(HARDEN_LINK) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(LIBRARY_LINKS)

# libFuzzer comes with clang.
FUZZ_FLAGS   = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
FUZZ_OBJECTS = $(patsubst %.c,build/fuzz/%.o,$(foreach room,$(FUZZ_ROOMS),$(wildcard src/$(room)/*.c))) build/fuzz/build/gen/content.o
build/fuzz/%.o: %.c
	@mkdir -p $(@D)
	$(Q)clang $(LANGUAGE) $(BANNED) $(WARNINGS) $(LIBRARY_FLAGS) $(FUZZ_FLAGS) -fsanitize=fuzzer-no-link -c -o $@ $<

build/fuzz/%_fuzz: build/fuzz/fuzz/%_fuzz.o $(FUZZ_OBJECTS)
	$(Q)clang $(FUZZ_FLAGS) -fsanitize=fuzzer -Wl,--as-needed -o $@ $^ $(LIBRARY_LINKS)

$(PAGE_SOURCES) $(PAGE_HEADER) &: $(PAGES) build/tools/pagec
	@mkdir -p $(@D)
	$(Q)build/tools/pagec -o build/gen/pages $(PAGES)
build/gen/assets.c: $(wildcard web/*) build/tools/embed package-lock.json | setup
	@mkdir -p $(@D)
	$(Q)build/tools/embed -o $@ $(ASSETS)

build/gen/content.c: $(CONTENT) build/tools/embed
	@mkdir -p $(@D)
	$(Q)build/tools/embed -c $@ $(foreach file,$(CONTENT),$(file:content/%=%)=$(file))

build/san/tests/web/pagec_test: | build/tools/pagec
# These run the program itself.
$(filter build/san/tests/cli/%,$(TEST_RUNS)): | build/san/plumbline

# The gallery of components, to be looked at and checked in a browser.
GALLERY         = tests/web/gallery
GALLERY_PAGES   = $(wildcard $(GALLERY)/*.html)
GALLERY_SOURCES = $(GALLERY_PAGES:$(GALLERY)/%.html=build/gen/gallery/%_html.c)
GALLERY_OBJECTS = $(patsubst %.c,build/san/%.o,$(wildcard $(GALLERY)/*.c) $(GALLERY_SOURCES:build/%=%))

demo: setup build/plumbline ## the demonstration on http://127.0.0.1:8440; SERVE=0: only makes and proves it
	@demo/run.sh

gallery: build/gallery/parts.html ## every component on build/gallery/*.html, checked and shot by Chromium
	@node $(GALLERY)/look.mjs build/gallery

browse: build/plumbline ## walk through the program in Chromium: set up, forms, files, keyboard, no scripts, axe
	@rm -rf build/browse && mkdir -p build/browse
	@node tests/web/browse.mjs build/browse

build/gallery/parts.html: build/san/gallery
	@rm -rf $(@D) && mkdir -p $(@D)
	$(Q)build/san/gallery build/gallery

build/san/gallery: $(GALLERY_OBJECTS) build/san/libplumbline.a
	$(Q)$(CC) $(SANITIZE) -Wl,--as-needed -o $@ $^ $(LIBRARY_LINKS)

$(GALLERY_SOURCES) build/gen/gallery/pages.h &: $(GALLERY_PAGES) build/tools/pagec
	@mkdir -p $(@D)
	$(Q)build/tools/pagec -o build/gen/gallery $(GALLERY_PAGES)

$(GALLERY_OBJECTS): | build/gen/gallery/pages.h $(PAGE_HEADER)

# Needed before the first compilation; later the .d files know who includes it. The base room is what pagec is made of.
build/src/main.o build/san/src/main.o \
$(filter-out build/src/base/% build/san/src/base/%,$(OBJECTS) $(SAN_OBJECTS) $(TEST_RUNS:=.o)) $(SECOND_LOOK): | $(PAGE_HEADER)
# Nothing is compiled before what it needs is installed.
build/src/main.o build/san/src/main.o $(OBJECTS) $(SAN_OBJECTS) $(TEST_RUNS:=.o) $(SECOND_LOOK) \
$(patsubst %.c,build/%.o,$(wildcard tools/*.c)) $(GALLERY_OBJECTS) $(FUZZ_OBJECTS) $(FUZZERS:build/%=build/fuzz/%.o): | setup

# Tools are built from tools/NAME.c, its parts tools/NAME_*.c, and the base room.
build/tools/pagec: $(patsubst %.c,build/%.o,$(wildcard tools/pagec.c tools/page_*.c))
build/tools/%: build/tools/%.o $(patsubst %.c,build/%.o,$(wildcard src/base/*.c))
	$(Q)$(CC) $(HARDEN) $(HARDEN_LINK) -o $@ $^ $(LIBRARY_LINKS) -lz

-include $(wildcard build/tools/*.d) $(OBJECTS:.o=.d) $(SAN_OBJECTS:.o=.d) $(TEST_RUNS:=.d) $(SECOND_LOOK:.ok=.d) build/src/main.d build/san/src/main.d $(wildcard build/bench/*.d)
