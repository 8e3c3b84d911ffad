"""Free memory as the system tells it."""

import sys
from pathlib import Path

import pytest

from shiftclipper.media import memory


@pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked in another way")
def test_memory_that_only_caches_fill_counts_as_free(monkeypatch, tmp_path):
    told = tmp_path / "meminfo"
    told.write_text("MemTotal:       16000000 kB\nMemFree:  100 kB\nMemAvailable:    8000000 kB\n")
    monkeypatch.setattr(memory, "MEMINFO", told)
    assert memory.free_memory() == 8_000_000 * 1024


@pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked in another way")
def test_half_of_the_memory_counts_where_the_system_does_not_say(monkeypatch, tmp_path):
    monkeypatch.setattr(memory, "MEMINFO", tmp_path / "missing")
    monkeypatch.setattr("os.sysconf", {"SC_PHYS_PAGES": 1000, "SC_PAGE_SIZE": 4096}.__getitem__)
    assert memory.free_memory() == 2_048_000


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there the C library holds on to it")
def test_what_was_freed_is_given_back():
    def held() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1])

    kept, before = [], held()
    pieces = []
    for _ in range(2000):
        pieces.append(bytes(20_000))
        kept.append(bytes(600))
    full = held()
    pieces.clear()
    memory.give_back_memory()
    assert full - held() > (full - before) / 3
