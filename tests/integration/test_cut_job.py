"""The stage that cuts: several clips at once, encoders that fail, disks that fill up, folders that go."""

import shutil
import sys
import threading
from fractions import Fraction
from pathlib import Path

import pytest

from shiftclipper.errors import DiskFull, UserError
from shiftclipper.export.cutter import ClipCutter
from shiftclipper.jobs.rows import JobStatus
from shiftclipper.jobs.settings import Settings
from shiftclipper.jobs.setup import PlayerSetup, Setup
from shiftclipper.jobs.stages.clips import CutClips
from shiftclipper.jobs.stages.ingest import Ingest
from shiftclipper.jobs.store import Store
from shiftclipper.jobs.unfinished import sweep
from shiftclipper.jobs.work import carry_out
from shiftclipper.media import cut_smart
from shiftclipper.media.cut import cut, plan_cut
from shiftclipper.media.cut_join import join_clip
from shiftclipper.media.cut_plan import film_bits
from shiftclipper.media.encoders import WORKS, X264, Encoder, film_trial, matched
from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.probe import probe
from tests.faults.ffmpegs import faulty_ffmpeg
from tests.laid_rows import lay_shift
from tests.media_corpus import Corpus, read_numbers

pytestmark = pytest.mark.xdist_group("media")
SHIFTS = [(Fraction(1, 2), Fraction(2)), (Fraction(1), Fraction(4)), (Fraction(3), Fraction(5))]
DYING = Encoder("h264_dying", (*X264.args, "-bsf:v", "noise=drop=gt(n\\,20)"), hardware=True)
"""Encodes, but loses pictures in the middle of a clip."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return Corpus(tmp_path_factory.getbasetemp() / "media-corpus", locate())


class Game:
    """A job with a film that was read and three shifts."""

    def __init__(self, store, film, out, **settings):
        self.store, self.out = store, out
        plain = Settings(proxy=False, pre_roll=0, post_roll=0, **settings)
        self.job = store.create_job(
            [film],
            setup=Setup(settings=plain, players=(PlayerSetup("Sam", "17"),)),
            stages=("ingest", "clips"),
        )
        store.set_out_dir(self.job, out)
        (player,) = store.players(self.job)
        for start, end in SHIFTS:
            lay_shift(store, player.id, start, end)

    def cut(self, stop=None):
        self.store.start(self.job)
        run = self.store.claim(self.job)
        return carry_out(self.store, run, [Ingest(locate()), CutClips(locate())], stop or threading.Event())

    @property
    def clips(self):
        return sorted(self.store.clips(self.job), key=lambda clip: clip.start)

    @property
    def files(self):
        return sorted(path.name for path in (self.out / "clips").iterdir())


@pytest.fixture
def game_of(corpus, tmp_path):
    with Store(tmp_path / "data") as store:
        yield lambda kind="bframes25", **settings: Game(
            store, corpus.path(kind), tmp_path / "out", **settings
        )


def check_frames(corpus, game, kind="bframes25"):
    for clip, (start, end) in zip(game.clips, SHIFTS, strict=True):
        assert read_numbers(clip.path) == corpus.numbers(kind, start, end)
        assert clip.bytes == clip.path.stat().st_size


@pytest.mark.parametrize("mode", ["smart", "exact"])
def test_two_clips_are_cut_at_once_and_each_is_saved(corpus, game_of, monkeypatch, mode):
    monkeypatch.setattr(ClipCutter, "at_once", 2)
    both = threading.Barrier(2, timeout=300)
    real = ClipCutter.cut

    def together(self, plan, target, on_progress=None):
        if plan.shift.number <= 2:
            both.wait()
        return real(self, plan, target, on_progress)

    monkeypatch.setattr(ClipCutter, "cut", together)
    game = game_of(cut_mode=mode)
    assert game.cut() is JobStatus.DONE
    assert [clip.mode for clip in game.clips] == [mode] * 3
    check_frames(corpus, game)
    (stage,) = [row for row in game.store.stages(game.job) if row.name == "clips"]
    assert stage.done_units == pytest.approx(6.5) and stage.total_units == pytest.approx(6.5)


def test_a_stop_ends_both_clips_and_leaves_nothing_unfinished(game_of, monkeypatch):
    monkeypatch.setattr(ClipCutter, "at_once", 2)
    stop = threading.Event()
    both = threading.Barrier(2, timeout=300, action=stop.set)
    real = ClipCutter.cut

    def stopped(self, plan, target, on_progress=None):
        both.wait()
        return real(self, plan, target, on_progress)

    monkeypatch.setattr(ClipCutter, "cut", stopped)
    game = game_of()
    assert game.cut(stop) is not JobStatus.DONE
    assert game.clips == [] and game.files == []


def test_an_encoder_that_dies_gives_way_and_is_not_tried_again(corpus, game_of, monkeypatch):
    monkeypatch.setattr("shiftclipper.export.cutter.find_encoder", lambda *_, **__: DYING)
    game = game_of()
    assert game.cut() is JobStatus.DONE
    assert [clip.encoder for clip in game.clips] == ["libx264"] * 3
    told = [clip.note for clip in game.clips]
    assert "h264_dying failed" in told[0] and "cut with libx264" in told[0]
    assert told[1:] == ["", ""]
    check_frames(corpus, game)


def test_a_full_disk_pauses_the_job_and_keeps_what_is_finished(corpus, game_of, monkeypatch):
    real = ClipCutter.cut

    def fill_up(self, plan, target, on_progress=None):
        if plan.shift.number == 2:
            raise DiskFull("The disk is full; free some space or choose another folder, then try again.")
        return real(self, plan, target, on_progress)

    game = game_of(cut_mode="smart")
    with monkeypatch.context() as patch:
        patch.setattr(ClipCutter, "at_once", 1)
        patch.setattr(ClipCutter, "cut", fill_up)
        assert game.cut() is JobStatus.PAUSED
    assert "disk is full" in game.store.job(game.job).message
    (first,) = game.clips
    assert game.files == [first.path.name]
    written = first.path.stat().st_mtime_ns
    assert game.cut() is JobStatus.DONE
    assert first.path.stat().st_mtime_ns == written, "the finished clip is kept"
    check_frames(corpus, game)


@pytest.fixture
def small_files(corpus):
    """Let no file grow beyond 16 KiB, as on a disk that is full."""
    if sys.platform == "win32":
        pytest.skip("Windows has no such limit")
    import resource  # exists on Unix only

    corpus.path("bframes25")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16 << 10, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("mode", ["exact", "keyframe"])
def test_a_file_that_may_not_grow_is_a_full_disk(corpus, tmp_path, small_files, mode):
    found = corpus.probe("bframes25")
    plan = plan_cut(found.index, found, Fraction(1), Fraction(5), mode)
    with pytest.raises(DiskFull, match="choose another"):
        cut(corpus.ffmpeg, plan, tmp_path / "clip.mp4", X264)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_up_while_packets_are_copied_is_said(corpus, tmp_path):
    if not Path("/dev/full").exists():
        pytest.skip("this system has no disk that is always full")
    found = corpus.probe("bframes25")
    plan = plan_cut(found.index, found, Fraction(0), Fraction(99, 25), "smart")
    split = cut_smart.split_of(plan)
    ends = cut_smart.ends_in(tmp_path, plan)
    arguments = cut_smart.ends_arguments(plan, ends, *cut_smart.header_of(plan))
    corpus.ffmpeg.run(arguments)
    with pytest.raises(DiskFull, match="free some space"):
        join_clip(plan, split, ends, Path("/dev/full"))


@pytest.mark.parametrize("mode", ["exact", "smart"])
def test_a_folder_that_goes_in_the_middle_is_named_and_nothing_is_left(corpus, tmp_path, mode):
    folder = tmp_path / "stick" / "clips"
    folder.mkdir(parents=True)
    found = corpus.probe("bframes25")
    plan = plan_cut(found.index, found, Fraction(1), Fraction(5), mode)
    gone = threading.Event()

    def pull_out(_):
        if not gone.is_set():
            gone.set()
            shutil.rmtree(tmp_path / "stick")

    with pytest.raises(UserError, match="does not exist; create it or choose another one"):
        cut(corpus.ffmpeg, plan, folder / "clip.mp4", X264, on_progress=pull_out)
    assert gone.is_set()
    assert list(tmp_path.iterdir()) == []


def test_the_clips_of_a_poor_film_are_no_larger_than_the_film(corpus, tmp_path):
    film = tmp_path / "poor.mp4"
    source = "testsrc2=size=320x192:rate=15:duration=12,noise=alls=30:allf=t"
    poor = ("-c:v", "libx264", "-preset", "ultrafast", "-b:v", "150k", "-maxrate", "150k", "-bufsize", "150k")
    corpus.ffmpeg.run(["-f", "lavfi", "-i", source, *poor, "-pix_fmt", "yuv420p", "-y", str(film)])
    found = probe(film)
    plan = plan_cut(found.index, found, Fraction(0), Fraction(12))
    capped = matched(X264, film_bits(found.index, found))
    clip = cut(corpus.ffmpeg, plan, tmp_path / "clip.mp4", capped)
    free = cut(corpus.ffmpeg, plan, tmp_path / "free.mp4", X264)
    whole = film.stat().st_size
    assert clip.bytes < 1.4 * whole < free.bytes
    assert clip.bytes < plan.room


def test_decoding_in_hardware_is_trusted_only_with_the_films_pictures(corpus):
    found = corpus.probe("bframes25")
    right = Encoder("h264_right", X264.args, hardware=True, decode=("-hwaccel", "none"), upload="null")
    assert film_trial(corpus.ffmpeg, right, found) == WORKS
    wrong = Encoder("h264_wrong", X264.args, hardware=True, decode=("-hwaccel", "none"), upload="negate")
    answers: dict[str, str] = {}
    assert "differ" in film_trial(corpus.ffmpeg, wrong, found, cache=answers)
    assert list(answers.values()) == ["the pictures differ from the film's"]
    broken = Encoder("h264_none", ("-c:v", "no_such"), hardware=True, decode=("-hwaccel", "none"))
    assert film_trial(corpus.ffmpeg, broken, found) != WORKS


@pytest.mark.skipif(sys.platform == "win32", reason="the faulty ffmpeg is a script for sh")
def test_a_trial_writes_in_the_jobs_own_folder_which_the_next_start_tidies_up(corpus, tmp_path):
    work = tmp_path / "work"
    work.mkdir()
    where = tmp_path / "where"
    noting = faulty_ffmpeg(tmp_path, "trial.mp4", f'dirname "$last" > {where}; exit 1', 60)
    one = Encoder("h264_one", X264.args, hardware=True, decode=("-hwaccel", "none"), upload="null")
    assert film_trial(noting, one, corpus.probe("bframes25"), work=work) != WORKS
    written = Path(where.read_text().strip())
    assert written.parent == work
    written.mkdir()  # As a kill would have left it.
    sweep(work)
    assert list(work.iterdir()) == []
