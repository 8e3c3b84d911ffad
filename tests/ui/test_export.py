"""The Export step on a real game: real films, real clips, a real database."""

import os
import subprocess
import threading
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from shiftclipper.errors import StageFailed
from shiftclipper.jobs.rows import ClipRow, JobStatus, NewShift
from shiftclipper.jobs.settings import Settings
from shiftclipper.jobs.setup import PlayerSetup, Setup
from shiftclipper.jobs.stages.clips import CutClips
from shiftclipper.jobs.stages.ingest import Ingest
from shiftclipper.jobs.stages.reel import JoinReel
from shiftclipper.jobs.stages.report import WriteReport, WriteResults
from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.probe import probe
from shiftclipper.ui.application import Session
from shiftclipper.ui.export.choices import CHOICES, Choice, Options
from shiftclipper.ui.export.fallbacks import fallback_words
from shiftclipper.ui.export.state import Stand, export_state
from shiftclipper.ui.steps import Step
from tests.stub_stages import Stub
from tests.ui.conftest import PATIENCE, Desk
from tests.ui.looks import cut_off, nameless

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (propagateSizeHints|raise)",
    # What Qt's player says on a machine without sound and graphics.
    "Couldn't (load|resolve)",
    "PulseAudio",
    "No audio device",
    "No RHI backend",
)

SHIFTS = ((2, 5), (8, 11), (14, 17))
SECONDS = 20
SAM = Setup(settings=Settings(proxy=False, cut_mode="auto"), players=(PlayerSetup("Sam", "17"),))
ANALYSIS = ("ingest", "analyse", "identify")


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    path = tmp_path_factory.mktemp("film") / "Sat vs Nord.mp4"
    inputs = [f"testsrc=size=640x360:rate=25:duration={SECONDS}", f"sine=duration={SECONDS}"]
    command = [locate().path, "-v", "error"]
    for one in inputs:
        command += ["-f", "lavfi", "-i", one]
    command += ["-pix_fmt", "yuv420p", "-g", "25", path]
    subprocess.run([str(part) for part in command], check=True, timeout=60)
    return path


class Work:
    """What stands in for finding the shifts; the other stages are the real ones."""

    def __init__(self):
        self.shifts = SHIFTS
        self.broken = ""
        self.gate = threading.Event()
        self.gate.set()

    def identify(self, context):
        while not self.gate.is_set():
            context.check()
            context.stop.wait(0.01)
        if self.broken:
            raise StageFailed(self.broken)
        for player in context.store.players(context.job_id):
            found = [NewShift(Fraction(a), Fraction(b), 0.95, "gate", "gate") for a, b in self.shifts]
            context.run.replace_shifts(player.id, found)


@pytest.fixture
def work():
    return Work()


@pytest.fixture
def exports(tmp_path):
    """Where games are exported to."""
    return tmp_path / "Videos"


@pytest.fixture
def desk(qapp, tmp_path, programs, work, exports):
    ffmpeg = locate()
    stages = [
        Ingest(ffmpeg),
        Stub("analyse"),
        Stub("identify", work.identify),
        CutClips(ffmpeg),
        JoinReel(ffmpeg),
        WriteReport(),
        WriteResults(),
    ]
    session = Session(
        qapp,
        tmp_path / "data",
        lambda: stages,
        make_sample=lambda *_: [],
        programs=programs,
        exports=exports,
    )
    session.window.show()
    made = Desk(session, programs, {})
    made.panel = session.window.parts.export
    yield made
    session.close()


@pytest.fixture
def game(desk, film, qtbot):
    """A game whose shifts are known, at the Export step."""
    job_id = desk.store.create_job([film], title="Sat vs Nord", setup=SAM, stages=ANALYSIS)
    desk.store.queue(job_id)
    until(qtbot, lambda: desk.status(job_id) is JobStatus.DONE)
    until(qtbot, lambda: desk.listed().get(job_id) is JobStatus.DONE)
    desk.window.choose(job_id)
    desk.window.show_export()
    return job_id


def until(qtbot, holds):
    qtbot.waitUntil(holds, timeout=3 * PATIENCE)


def click(qtbot, button):
    assert button.isVisible() and button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(box, value):
    place = box.findData(value)
    box.setCurrentIndex(place)
    box.activated.emit(place)


def options(desk, job_id):
    return export_state(desk.store.results(job_id)).options


def test_one_choice_and_one_button_make_clips_reel_and_report(desk, game, qtbot, tmp_path):
    panel = desk.panel
    assert desk.window.steps.step is Step.EXPORT
    assert panel.choices[Choice.COACH].isChecked()
    click(qtbot, panel.choices[Choice.PHONE])
    until(qtbot, lambda: options(desk, game) == CHOICES[Choice.PHONE])
    until(qtbot, lambda: panel.choices[Choice.PHONE].isChecked())
    assert not panel.choices[Choice.COACH].isChecked()
    out = tmp_path / "for grandma"
    panel.choose_folder(str(out))
    until(qtbot, lambda: panel.folder.toolTip() == str(out))

    click(qtbot, panel.export_button)
    until(qtbot, panel.done.isVisible)
    clips = sorted(path.name for path in (out / "clips").iterdir())
    assert clips == [f"Sam 17 shift 0{n} 0.{start:02}.mp4" for n, (start, _) in enumerate(SHIFTS, 1)]
    assert panel.names.text() == ", ".join(clips)
    for name, (start, end) in zip(clips, SHIFTS, strict=True):
        assert abs(probe(out / "clips" / name).duration - (end - start + 2)) <= Fraction(1, 25)
    assert (out / "reel.mp4").is_file() and not (out / "report.html").exists()
    assert panel.done.head.text() == "Exported"
    assert not panel.done.report_button.isVisible()
    click(qtbot, panel.done.folder_button)
    assert desk.programs.folders == [out / "reel.mp4"]


def test_what_is_exported_goes_to_the_films_of_the_person_and_outlives_the_game(desk, game, qtbot, exports):
    panel, first = desk.panel, exports / "Sat vs Nord"
    assert panel.folder.toolTip() == str(first)
    assert not first.exists(), "nothing is there before something is exported"
    click(qtbot, panel.export_button)
    until(qtbot, panel.done.isVisible)
    made = sorted(path for path in first.rglob("*") if path.is_file())
    assert first / "reel.mp4" in made and len(desk.store.clips(game)) == len(SHIFTS)
    assert all(first in clip.path.parents for clip in desk.store.clips(game))
    desk.window.actions_of_jobs.clear(game)
    until(qtbot, lambda: game not in desk.store.statuses())
    until(qtbot, lambda: desk.window.is_idle)
    assert sorted(path for path in first.rglob("*") if path.is_file()) == made


def test_a_second_game_of_the_same_name_gets_a_folder_of_its_own(desk, game, exports):
    (exports / "Sat vs Nord").mkdir(parents=True)
    desk.window.show_export()
    assert desk.panel.folder.toolTip() == str(exports / "Sat vs Nord (2)")


def test_where_the_folder_of_films_cannot_be_written_the_data_folder_is_used(desk, game, qtbot, exports):
    exports.write_text("a file where the folder should be")
    click(qtbot, desk.panel.export_button)
    until(qtbot, desk.panel.done.isVisible)
    assert desk.store.job(game).out_dir == desk.store.work_dir(game) / "out"


def test_the_reel_is_played_in_the_window(desk, game, qtbot):
    desk.window.actions_of_jobs.export(game, Options().stages)
    until(qtbot, desk.panel.done.isVisible)
    reel = desk.panel.done.reel
    until(qtbot, lambda: reel.slider.maximum() > 0)
    assert abs(reel.slider.maximum() - 1000 * 21) < 200
    click(qtbot, reel.play_button)
    until(qtbot, lambda: reel.is_playing and reel.position > 200)
    click(qtbot, reel.pause_button)
    until(qtbot, lambda: not reel.is_playing)
    reel.slider.setValue(10_000)
    until(qtbot, lambda: abs(reel.position - 10_000) < 300)
    assert reel.time.text().endswith("/ 0:21")


def test_a_cancelled_export_keeps_its_whole_clips_and_goes_on_from_there(desk, game, qtbot):
    panel = desk.panel
    click(qtbot, panel.export_button)
    until(qtbot, lambda: len(desk.store.clips(game)) == 1)
    desk.window.actions_of_jobs.cancel(game)
    until(qtbot, lambda: desk.status(game) is JobStatus.CANCELLED)
    kept = desk.store.clips(game)
    assert 1 <= len(kept) < len(SHIFTS)
    folder = desk.store.job(game).out_dir / "clips"
    assert {path.name for path in folder.iterdir()} == {clip.path.name for clip in kept}
    until(qtbot, panel.export_button.isVisible)
    assert not panel.progress.isVisible() and not panel.done.isVisible()
    written = {clip.path: clip.path.stat().st_mtime_ns for clip in kept}

    click(qtbot, panel.export_button)
    until(qtbot, panel.done.isVisible)
    assert len(desk.store.clips(game)) == len(SHIFTS)
    assert {path: path.stat().st_mtime_ns for path in written} == written


def test_the_cancel_button_reaches_the_job(desk, film, work, qtbot):
    work.gate.clear()
    job_id = desk.store.create_job([film], title="Sat", setup=SAM)
    desk.store.queue(job_id)
    until(qtbot, lambda: desk.listed().get(job_id) is JobStatus.RUNNING)
    desk.window.choose(job_id)
    desk.window.show_export()
    until(qtbot, lambda: desk.panel.progress.status.text() == "Following the player")
    assert desk.panel.hint.text() == "The clips are cut as soon as the shifts are known."
    assert not desk.panel.export_button.isVisible()
    click(qtbot, desk.panel.progress.cancel_button)
    until(qtbot, lambda: desk.status(job_id) is JobStatus.CANCELLED)


def test_what_is_chosen_while_the_game_is_looked_through_is_made_afterwards(desk, film, work, qtbot):
    work.gate.clear()
    job_id = desk.store.create_job([film], title="Sat", setup=SAM, stages=ANALYSIS)
    desk.store.queue(job_id)
    until(qtbot, lambda: desk.listed().get(job_id) is JobStatus.RUNNING)
    desk.window.choose(job_id)
    desk.window.show_export()
    until(qtbot, lambda: desk.panel.progress.status.text() == "Following the player")
    click(qtbot, desk.panel.export_button)
    until(qtbot, lambda: "clips" in desk.store.job(job_id).stages)
    work.gate.set()
    until(qtbot, desk.panel.done.isVisible)
    assert len(desk.store.clips(job_id)) == len(SHIFTS)


def test_a_folder_that_cannot_be_written_gives_one_sentence_and_changes_nothing(desk, game, qtbot, tmp_path):
    panel, before, shown = desk.panel, desk.store.job(game).out_dir, desk.panel.folder.toolTip()
    blocked = tmp_path / "a file"
    blocked.write_text("no folder")
    panel.choose_folder(str(blocked))
    until(qtbot, panel.notice.isVisible)
    assert panel.notice.sentence == f"{blocked} is a file, not a folder; choose another folder."
    assert desk.store.job(game).out_dir == before
    assert panel.folder.toolTip() == shown


def test_a_folder_that_is_read_only_gives_one_sentence(desk, game, qtbot, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    if os.access(closed, os.W_OK):
        # Root may write anywhere but where the system itself says no.
        closed = Path("/proc/sys")
    desk.panel.choose_folder(str(closed / "clips"))
    until(qtbot, desk.panel.notice.isVisible)
    sentence = desk.panel.notice.sentence
    assert sentence.startswith(f"{closed / 'clips'} cannot be written (")
    assert sentence.endswith("); choose another folder.") and sentence.count(".") == 1


def test_a_folder_that_went_away_stops_the_export_with_one_sentence(desk, game, qtbot, tmp_path):
    panel, disk = desk.panel, tmp_path / "disk"
    panel.choose_folder(str(disk / "out"))
    until(qtbot, lambda: desk.store.job(game).out_dir == disk / "out")
    (disk / "out").rmdir()
    disk.rmdir()
    disk.write_text("the disk is another now")
    until(qtbot, lambda: panel.folder.toolTip() == str(disk / "out"))
    click(qtbot, panel.export_button)
    until(qtbot, panel.notice.isVisible)
    assert str(disk) in panel.notice.sentence and "choose another folder" in panel.notice.sentence
    assert desk.status(game) is JobStatus.DONE and desk.store.clips(game) == []


def test_a_failure_tells_its_sentence_and_the_log_behind_it(desk, film, work, qtbot):
    work.broken = "The disk Camera was taken away; connect it and press Retry."
    job_id = desk.store.create_job([film], title="Sat", setup=SAM)
    desk.window.choose(job_id)
    until(qtbot, lambda: job_id in desk.listed())
    desk.window.show_export()
    click(qtbot, desk.panel.export_button)
    until(qtbot, desk.panel.notice.isVisible)
    assert desk.panel.notice.sentence == work.broken
    click(qtbot, desk.panel.notice.action)
    log = desk.window.parts.log
    assert log.isVisible() and work.broken in log.text.toPlainText()
    click(qtbot, log.folder_button)
    assert desk.programs.folders == [desk.store.work_dir(job_id) / "log.txt"]
    log.close()
    work.broken = ""
    click(qtbot, desk.panel.export_button)
    until(qtbot, desk.panel.done.isVisible)
    assert not desk.panel.notice.isVisible()


def test_a_correction_after_the_export_is_told_and_made_up_for(desk, game, qtbot):
    panel = desk.panel
    click(qtbot, panel.export_button)
    until(qtbot, lambda: panel.done.isVisible() and panel.done.head.text() == "Exported")
    first, second, _third = desk.store.shifts(game)
    desk.store.corrections.judge_shift(second.id, "rejected")
    until(qtbot, lambda: panel.done.head.text() == "Changed since the last export")
    cut = desk.store.job(game).out_dir / "clips" / "Sam 17 shift 01 0.02.mp4"
    written = cut.stat().st_mtime_ns
    click(qtbot, panel.export_button)
    until(qtbot, lambda: panel.done.isVisible() and panel.done.head.text() == "Exported")
    assert desk.store.clips(game)[0].shift_id == first.id
    assert len(desk.store.clips(game)) == 2
    assert cut.stat().st_mtime_ns == written


def test_other_names_and_another_folder_need_no_new_cut_and_lose_nothing(desk, game, qtbot, tmp_path):
    panel = desk.panel
    click(qtbot, panel.export_button)
    until(qtbot, lambda: panel.done.isVisible() and panel.done.head.text() == "Exported")
    first_folder = desk.store.job(game).out_dir
    cut = {clip.shift_id: (clip.sha256, clip.path.stat().st_mtime_ns) for clip in desk.store.clips(game)}

    desk.window.actions_of_jobs.change_settings(game, {"clip_names": "{game} {shift}"})
    until(qtbot, lambda: panel.done.head.text() == "Changed since the last export")
    click(qtbot, panel.export_button)
    until(qtbot, lambda: panel.done.isVisible() and panel.done.head.text() == "Exported")
    named = {clip.shift_id: (clip.sha256, clip.path.stat().st_mtime_ns) for clip in desk.store.clips(game)}
    assert named == cut
    names = [f"Sat vs Nord shift 0{number}.mp4" for number in (1, 2, 3)]
    assert sorted(path.name for path in (first_folder / "clips").iterdir()) == names

    panel.choose_folder(str(tmp_path / "stick"))
    until(qtbot, lambda: panel.done.head.text() == "Changed since the last export")
    desk.store.corrections.judge_shift(desk.store.shifts(game)[0].id, "rejected")
    click(qtbot, panel.export_button)
    until(qtbot, lambda: panel.done.isVisible() and panel.done.head.text() == "Exported")
    assert sorted(path.name for path in (first_folder / "clips").iterdir()) == names
    copied = {clip.shift_id: clip.sha256 for clip in desk.store.clips(game)}
    assert len(copied) == 2 and all(cut[shift][0] == mark for shift, mark in copied.items())
    assert sorted(path.name for path in (tmp_path / "stick" / "clips").iterdir()) == names[:2]
    made = {(row.type, row.path.parent) for row in desk.store.artifacts(game)}
    kinds = ("reel", "shifts", "report", "report_pdf", "report_csv", "report_json")
    assert made == {(kind, tmp_path / "stick") for kind in kinds}
    assert (first_folder / "reel.mp4").is_file() and (first_folder / "report.html").is_file()


def test_more_sets_the_job_and_previews_the_names(desk, game, qtbot):
    panel, more = desk.panel, desk.panel.more
    click(qtbot, panel.more_button)
    until(qtbot, lambda: panel.is_idle)
    working = [more.encoders.itemText(place) for place in range(more.encoders.count())]
    assert working[0].startswith("Automatic: ") and "Software (x264), works here" in working
    more.names.line.setText("{game} {shift}")
    more.names.line.editingFinished.emit()
    until(qtbot, lambda: panel.names.text().startswith("Sat vs Nord shift 01.mp4, Sat vs Nord shift 02.mp4"))
    more.pre_roll.setValue(3.5)
    until(qtbot, lambda: options(desk, game).pre_roll == 3.5)
    choose(more.mode, "smart")
    until(qtbot, lambda: options(desk, game).mode == "smart")
    more.encoders.activated.emit(more.encoders.findData("libx264"))
    until(qtbot, lambda: desk.store.setup(game).settings.encoder == "libx264")
    until(qtbot, lambda: not any(card.isChecked() for card in panel.choices.values()))
    more.reel.click()
    # The step has heard of it when nothing about the reel can be changed any more.
    until(qtbot, lambda: not options(desk, game).reel and not more.reel_fields.shape.isEnabled())
    more.report.click()
    until(qtbot, lambda: not options(desk, game).report)
    until(qtbot, lambda: not more.clips.isEnabled())
    assert options(desk, game) == Options(reel=False, report=False, mode="smart", pre_roll=3.5)
    assert desk.store.players(game)[0].name == "Sam"


def test_a_choice_sets_what_the_reel_looks_like_and_more_shows_and_changes_it(desk, game, qtbot):
    panel, reel = desk.panel, desk.panel.more.reel_fields
    panel.more_button.setChecked(True)
    assert desk.store.setup(game).settings.cut_mode == "auto"
    click(qtbot, panel.choices[Choice.RECRUITING])
    until(qtbot, lambda: options(desk, game) == CHOICES[Choice.RECRUITING])
    until(qtbot, reel.cards.isChecked)
    shown = (reel.shape.currentData(), reel.ring.currentData(), reel.crossfade.value())
    assert shown == ("wide", "spotlight", 0.4)
    for ring, expected in (("overlay", (False, True)), ("both", (True, True)), ("", (False, False))):
        choose(reel.ring, ring)
        until(qtbot, lambda expected=expected: rings(desk, game) == expected)
    choose(reel.shape, "portrait")
    until(qtbot, lambda: options(desk, game).shape == "portrait")
    reel.crossfade.setValue(0.0)
    until(qtbot, lambda: options(desk, game).crossfade == 0.0)
    reel.cards.click()
    until(qtbot, lambda: not options(desk, game).cards)
    panel.more.reel.click()
    until(qtbot, lambda: not any(field.isEnabled() for field in reel.fields))


def rings(desk, job_id):
    found = options(desk, job_id)
    return found.spotlight, found.ring


def test_names_are_shown_while_they_are_typed_and_a_wrong_one_says_why(desk, game, qtbot):
    names = desk.panel.more.names
    desk.panel.more_button.setChecked(True)
    until(qtbot, lambda: names.preview.text().startswith("Sam 17 shift 01 0.02.mp4\n"))
    names.line.clear()
    qtbot.keyClicks(names.line, "{game} {when}")
    until(qtbot, names.error.isVisible)
    assert names.error.text().startswith("The names of clips hold {when}, which means nothing here; use ")
    assert not names.preview.isVisible()
    names.line.editingFinished.emit()
    until(qtbot, lambda: desk.panel.is_idle)
    assert desk.store.setup(game).settings.clip_names == Settings().clip_names
    # A job that is shown anew does not take away what is to be mended.
    desk.panel.show_entry(desk.window.jobs.entry(game))
    assert names.line.text() == "{game} {when}"
    qtbot.keyClick(names.line, Qt.Key.Key_Backspace)
    for _ in range(6):
        qtbot.keyClick(names.line, Qt.Key.Key_Backspace)
    qtbot.keyClicks(names.line, " {number}")
    until(qtbot, lambda: names.preview.text().splitlines()[:1] == ["Sat vs Nord 17.mp4"])
    assert not names.error.isVisible()
    assert desk.store.setup(game).settings.clip_names == Settings().clip_names
    names.line.editingFinished.emit()
    until(qtbot, lambda: desk.store.setup(game).settings.clip_names == "{game} {number}")


def test_files_for_other_programs_are_ticked_written_and_told_when_they_change(desk, game, qtbot):
    panel, programs = desk.panel, desk.panel.more.programs
    panel.more_button.setChecked(True)
    programs.boxes["chapters"].click()
    until(qtbot, lambda: desk.store.setup(game).settings.files == "chapters")
    click(qtbot, panel.export_button)
    until(qtbot, lambda: panel.done.isVisible() and panel.done.head.text() == "Exported")
    folder = desk.store.job(game).out_dir / "files"
    assert [path.suffix for path in folder.iterdir()] == [".txt"]
    programs.boxes["edl"].click()
    until(qtbot, lambda: panel.done.head.text() == "Changed since the last export")
    assert desk.store.setup(game).settings.files == "edl,chapters"
    panel.more.report.click()
    until(qtbot, lambda: not any(box.isEnabled() for box in programs.boxes.values()))


def test_the_size_is_told_before_and_what_was_cut_otherwise_after(desk, game, qtbot):
    panel = desk.panel
    until(qtbot, lambda: " · about " in panel.facts.text().partition("together")[2])
    number, unit = panel.facts.text().rpartition("about ")[2].split()
    told = float(number) * {"kB": 1e3, "MB": 1e6}[unit]
    desk.window.actions_of_jobs.change_settings(game, {"cut_mode": "smart"})
    until(qtbot, lambda: options(desk, game).mode == "smart")
    click(qtbot, panel.export_button)
    until(qtbot, panel.done.isVisible)
    files = [*desk.store.clips(game), *(row for row in desk.store.artifacts(game) if row.type == "reel")]
    assert told / 5 < sum(row.bytes for row in files) < told * 5
    assert panel.done.notes.text() == ""
    assert not panel.facts.text().endswith(unit)


@pytest.mark.parametrize(
    ("notes", "words"),
    [
        (["", ""], ""),
        (
            ["the film is hevc, not h264; cut exactly"] * 2,
            "2 clips were cut exactly because the film is HEVC, which is not copied into clips.",
        ),
        (
            [
                "the film is interlaced; cut exactly",
                "",
                "a copy at keyframes did not work (x; y); cut exactly",
            ],
            "1 clip was cut exactly because a copy of the film did not come out right. "
            "1 clip was cut exactly because the film is interlaced.",
        ),
        (
            ["vp9 cannot be copied into an MP4 for phones; cut exactly; NVENC failed (it ran); cut with X"],
            "1 clip was cut exactly because the film is VP9, which is not copied into clips. "
            "1 clip was made by another encoder because the first failed.",
        ),
        (
            ["3 of 90 frames cannot be decoded and are left out"],
            "In 1 clip pictures are missing that are damaged in the film.",
        ),
    ],
)
def test_notes_on_clips_are_told_in_plain_words(notes, words, tmp_path):
    def clip(number, note):
        shift = (Fraction(number), Fraction(number + 1))
        return ClipRow(*shift, tmp_path, number, 1, "exact", "", note, 25, 1, "", "")

    assert fallback_words(clip(number, note) for number, note in enumerate(notes)) == words


def test_without_a_player_nothing_can_be_exported(desk, film, qtbot):
    job_id = desk.store.create_job([film], title="Sat", stages=("ingest", "analyse"))
    until(qtbot, lambda: job_id in desk.listed())
    desk.window.choose(job_id)
    desk.window.show_export()
    assert not desk.panel.export_button.isEnabled()
    assert desk.panel.hint.text() == "Say first who your player is."
    assert not any(card.isEnabled() for card in desk.panel.choices.values())


def test_the_keyboard_goes_to_the_step_and_exports(desk, game, qtbot):
    desk.window._go_to_step(Step.REVIEW)
    assert not desk.panel.isVisible()
    desk.window.activateWindow()
    until(qtbot, desk.window.isActiveWindow)
    qtbot.keyClick(desk.window.games, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert desk.panel.isVisible()
    qtbot.keyClick(desk.window.games, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, desk.panel.done.isVisible)


def test_the_next_game_is_one_that_waits_for_the_person(desk, game, film, qtbot):
    other = desk.store.create_job([film], title="Sun", setup=SAM, stages=ANALYSIS)
    desk.store.queue(other)
    until(qtbot, lambda: desk.listed().get(other) is JobStatus.DONE)
    click(qtbot, desk.panel.export_button)
    until(qtbot, desk.panel.done.isVisible)
    until(qtbot, desk.panel.done.next_button.isVisible)
    click(qtbot, desk.panel.done.next_button)
    assert desk.window.games.current_job == other
    assert not desk.panel.isVisible()


def test_a_restart_finds_everything_as_it_was(desk, game, qapp, qtbot, programs):
    click(qtbot, desk.panel.choices[Choice.RECRUITING])
    until(qtbot, lambda: options(desk, game) == CHOICES[Choice.RECRUITING])
    data = desk.store.data_dir
    desk.session.close()
    again = Session(qapp, data, lambda: [], make_sample=lambda *_: [], programs=programs)
    try:
        found = export_state(again.store.results(game))
        assert found.options == CHOICES[Choice.RECRUITING]
        assert found.stand in (Stand.READY, Stand.OUTDATED)
        assert again.store.job(game).status is JobStatus.DONE
    finally:
        again.close()


def test_tab_goes_through_the_step_in_the_order_in_which_it_is_read(desk, game, qtbot):
    panel = desk.panel
    panel.more_button.setChecked(True)
    until(qtbot, lambda: panel.is_idle)
    desk.window.activateWindow()
    until(qtbot, desk.window.isActiveWindow)
    first = panel.choices[Choice.PHONE]
    first.setFocus()
    reached = [first]
    while reached[-1] is not panel.more.names.line:
        qtbot.keyClick(reached[-1], Qt.Key.Key_Tab)
        reached.append(desk.window.focusWidget())
        assert len(reached) < 20
    places = [widget.mapTo(panel.widget(), widget.rect().center()) for widget in reached]
    assert [panel.folder_button, panel.export_button, panel.more_button] == reached[3:6]
    assert all(a.y() < b.y() or a.x() < b.x() for a, b in pairwise(places))


def _fits(panel):
    return panel.widget().minimumSizeHint().width() <= panel.viewport().width()


def test_every_control_has_a_name_and_no_text_is_cut_off_at_large_fonts(desk, game, qtbot):
    desk.session.theme.scale_text(1.25)
    try:
        panel = desk.panel
        click(qtbot, panel.export_button)
        until(qtbot, panel.done.isVisible)
        click(qtbot, panel.more_button)
        until(qtbot, lambda: panel.is_idle)
        for width in (1024, 1280):
            desk.window.resize(width, 800)
            # Wrapped lines find their height in a few rounds.
            until(qtbot, lambda: _fits(panel) and cut_off(panel.widget()) == [])
        assert [type(w).__name__ for w in nameless(panel)] == []
    finally:
        desk.session.theme.scale_text(1.0)
