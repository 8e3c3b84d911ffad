"""Clips that were cut before are renamed or copied, never lost and never taken for others."""

import threading
from fractions import Fraction

import pytest

from shiftclipper.jobs.rows import ClipRow
from shiftclipper.jobs.stage import StageContext
from shiftclipper.jobs.stages.kept_clips import take_over
from shiftclipper.jobs.store import Store


@pytest.fixture
def context(tmp_path):
    with Store(tmp_path / "data") as store:
        job_id = store.create_job([tmp_path / "game.mp4"])
        store.queue(job_id)
        made = StageContext(store, store.claim(), "clips", threading.Event())
        made.run.plan_stages({"clips": 1.0})
        made.run.start_stage("clips", "a")
        yield made


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "out" / "clips"
    made.mkdir(parents=True)
    return made


def cut(context, path):
    """Write a clip whose content is its fingerprint, named after the file it was cut to."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(path.stem)
    context.run.save_clip(
        ClipRow(Fraction(0), Fraction(1), path, bytes=len(path.stem), fingerprint=path.stem)
    )


def contents(folder):
    return {path.name: path.read_text() for path in folder.iterdir()}


def rows(context):
    return {clip.path.name: clip.fingerprint for clip in context.store.clips(context.job_id)}


def test_clips_move_up_when_one_before_them_goes(context, folder):
    for name in "1234":
        cut(context, folder / f"{name}.mp4")
    wanted = {folder / "1.mp4": "1", folder / "2.mp4": "3", folder / "3.mp4": "4"}
    take_over(context, folder, wanted)
    assert contents(folder) == rows(context) == {"1.mp4": "1", "2.mp4": "3", "3.mp4": "4"}


def test_clips_move_down_when_one_comes_before_them(context, folder):
    for name in "123":
        cut(context, folder / f"{name}.mp4")
    take_over(
        context, folder, {folder / f"{n}.mp4": mark for n, mark in zip("1234", ("new", *"123"), strict=True)}
    )
    assert contents(folder) == rows(context) == {"2.mp4": "1", "3.mp4": "2", "4.mp4": "3"}


def test_clips_that_change_names_with_each_other_are_not_taken_for_each_other(context, folder):
    for name in "12":
        cut(context, folder / f"{name}.mp4")
    take_over(context, folder, {folder / "1.mp4": "2", folder / "2.mp4": "1"})
    # As they were: their fingerprints tell that both are to be cut anew.
    assert contents(folder) == rows(context) == {"1.mp4": "1", "2.mp4": "2"}


def test_a_damaged_clip_is_not_carried_along(context, folder):
    cut(context, folder / "1.mp4")
    (folder / "1.mp4").write_text("cut off in the middle")
    take_over(context, folder, {folder / "other name.mp4": "1"})
    assert rows(context) == {}
    assert contents(folder) == {"1.mp4": "cut off in the middle"}


def test_clips_in_another_folder_are_copied_and_stay_there(context, folder, tmp_path):
    before = tmp_path / "stick"
    for name in "12":
        cut(context, before / f"{name}.mp4")
    take_over(context, folder, {folder / "a.mp4": "1"})
    assert contents(folder) == rows(context) == {"a.mp4": "1"}
    assert contents(before) == {"1.mp4": "1", "2.mp4": "2"}
