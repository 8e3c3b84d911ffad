"""Killed while a preference, a preset or a backup is written: nothing is lost, and the next start works."""

import sys

import pytest

from tests.faults.keeping import kill_while_keeping

EVENTS = (
    'INSERT INTO "preference" .*pre_roll',
    "INSERT OR REPLACE INTO preset",
    r"connect backup.part\?",
    "rename backup.part",
    "connect shiftclipper.db.part",
    "rename shiftclipper.db-wal",
    "rename shiftclipper.db.part",
)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_what_the_person_keeps_outlives_a_kill_in_every_kind_of_write(tmp_path):
    rows = list(kill_while_keeping(tmp_path, EVENTS))
    assert [row.lost for row in rows] == [[]] * len(EVENTS)
