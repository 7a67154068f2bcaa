#!/usr/bin/env bash
# Resolves pyproject.toml into hash-pinned requirements, for every platform and every Python that the project supports.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=$1

compile() {
  "$uv" pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header "$@"
}

compile --group build -o requirements/build.txt
compile pyproject.toml -c requirements/build.txt -o requirements/runtime.txt
compile pyproject.toml --extra postgresql -c requirements/runtime.txt -o requirements/postgresql.txt
compile pyproject.toml --extra postgresql --group build --group dev -c requirements/postgresql.txt -c requirements/build.txt -o requirements/dev.txt
compile --group mutation -c requirements/dev.txt -o requirements/mutation.txt
compile --group lock -o requirements/lock.txt
