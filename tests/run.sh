#!/usr/bin/env bash
# Everything a change must pass: style, types, layers, tests. Makes its own virtual environment.
set -euo pipefail
cd "$(dirname "$0")/.."

libraries=(libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 libpulse0
    libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 fonts-dejavu-core)
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    missing=()
    for library in "${libraries[@]}"; do
        dpkg -s "$library" >/dev/null 2>&1 || missing+=("$library")
    done
    if [ ${#missing[@]} -gt 0 ]; then
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
    fi
fi

venv=${SHIFTCLIPPER_TEST_VENV:-.venv-tests}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -e '.[dev]'

export QT_QPA_PLATFORM=offscreen
"$venv/bin/ruff" check .
"$venv/bin/ruff" format --check .
"$venv/bin/mypy"
"$venv/bin/lint-imports"
"$venv/bin/python" -m pytest -n "${SHIFTCLIPPER_TEST_WORKERS:-2}" --dist loadgroup \
    --cov --cov-report=term:skip-covered "$@"
