"""Free memory as the system tells it."""

import sys

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
