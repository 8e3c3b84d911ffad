"""Jobs of the old server are at home in the window: with their film, and without it."""

import json

import pytest

from shiftclipper.jobs.legacy_jobs import import_folders
from shiftclipper.jobs.rows import JobStatus
from shiftclipper.jobs.store import Store

PATIENCE = 60_000
"""Milliseconds to wait for what happens in threads."""

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (propagateSizeHints|raise)",
    "Couldn't (load|resolve)",
    "PulseAudio",
    "No audio device",
    "No RHI backend",
)


@pytest.mark.parametrize("film", ["there", "gone"])
def test_an_imported_job_can_be_looked_at_and_run_again(open_desk, films, tmp_path, qtbot, film):
    folder = tmp_path / "old" / "a1"
    folder.mkdir(parents=True)
    video = films["Practice"] if film == "there" else tmp_path / "gone.mp4"
    setup = {"player_number": "17", "clicks": [{"t": 0.5, "x": 0.4, "y": 0.5}], "tracking_mode": "shift"}
    results = {
        "job_id": "a1",
        "status": "done",
        "video_path": str(video),
        "setup": setup,
        "shifts": [{"start": 0.25, "end": 1.5}],
        "clips": [],
    }
    (folder / "results.json").write_text(json.dumps(results))
    with Store(tmp_path / "data") as store:
        [outcome] = import_folders(store, tmp_path / "old")
    assert outcome.is_new
    desk = open_desk()
    qtbot.waitUntil(lambda: desk.listed().get(outcome.job_id) is JobStatus.DONE, timeout=PATIENCE)
    desk.window.choose(outcome.job_id)
    desk.window.show_export()
    assert desk.window.games.current_job == outcome.job_id
    # The window itself lets a job run whose stages were not all done here.
    qtbot.waitUntil(
        lambda: desk.window.is_idle and desk.status(outcome.job_id) is JobStatus.DONE, timeout=PATIENCE
    )
    desk.store.queue(outcome.job_id)
    qtbot.waitUntil(lambda: desk.status(outcome.job_id) is JobStatus.DONE, timeout=PATIENCE)
    assert len(desk.store.shifts(outcome.job_id)) == 1
