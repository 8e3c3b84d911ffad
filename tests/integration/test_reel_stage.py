"""The stage that makes the reel, on a real job: what the settings change, and what is kept."""

import threading
from datetime import date
from fractions import Fraction

import av
import pytest

from shiftclipper.export.reel import ShiftCard, TitleCard
from shiftclipper.jobs.reel_clips import period_clock, reel_clips
from shiftclipper.jobs.rows import NewShift
from shiftclipper.jobs.settings import Settings
from shiftclipper.jobs.setup import PlayerSetup, Setup
from shiftclipper.jobs.stage import StageContext
from shiftclipper.jobs.stages.clips import CutClips
from shiftclipper.jobs.stages.ingest import Ingest
from shiftclipper.jobs.stages.reel import PIECES, JoinReel
from shiftclipper.jobs.store import Store
from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.probe import probe
from shiftclipper.media.recorded import read_recording
from tests.made_tracklets import made_tracklet
from tests.media_corpus import Corpus

pytestmark = pytest.mark.xdist_group("media")

SHIFTS = ((1, 2), (3, 4))
PLAIN = Settings(proxy=False, pre_roll=0.4, post_roll=0.4)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return Corpus(tmp_path_factory.getbasetemp() / "media-corpus", locate())


class Job:
    """A job whose shifts are known, run stage by stage."""

    def __init__(self, store, film, folder, players):
        setup = Setup(settings=PLAIN, players=players, periods=((Fraction(1, 2), Fraction(5)),))
        self.store = store
        self.id = store.create_job([film], setup=setup, title="Sparta – Örebro", out_dir=folder)
        store.queue(self.id)
        self.run = store.claim()
        store.work_dir(self.id).mkdir(parents=True, exist_ok=True)
        self.stop = threading.Event()
        self.stages = {
            stage.name: stage for stage in (Ingest(locate()), CutClips(locate()), JoinReel(locate()))
        }
        self.run.plan_stages({name: stage.weight for name, stage in self.stages.items()})
        self.go("ingest")
        self.run.replace_tracklets(
            [
                made_tracklet(n, start, end, lambda _: (313, 96), tall=12)
                for n, (start, end) in enumerate(SHIFTS)
            ]
        )
        for player in store.players(self.id):
            self.run.replace_shifts(
                player.id,
                [
                    NewShift(Fraction(start), Fraction(end), 0.9, "gate", "gate", tracklet_ids=(n,))
                    for n, (start, end) in enumerate(SHIFTS)
                ],
            )
        self.go("clips")

    def context(self, name):
        return StageContext(self.store, self.run, name, self.stop)

    def go(self, name):
        """Run a stage and return its hash and what it measured."""
        context, stage = self.context(name), self.stages[name]
        mark = stage.input_hash(context)
        self.run.start_stage(name, mark)
        perf = stage.run(context)
        self.run.finish_stage(name, perf)
        return mark, perf

    def set(self, **values):
        setup = self.store.setup(self.id)
        changed = setup.settings.changed(values)
        self.store.save_setup(self.id, Setup(changed, setup.players, periods=setup.periods))

    @property
    def reel(self):
        (row,) = [row for row in self.store.artifacts(self.id) if row.type == "reel"]
        return row


@pytest.fixture
def make_job(corpus, tmp_path):
    with Store(tmp_path / "data") as store:
        yield lambda *players: Job(store, corpus.path("bframes25"), tmp_path / "out", players)


SAM = PlayerSetup("Šimůnek", "17")


def test_every_setting_changes_the_reel_and_only_the_plain_one_is_copied(make_job):
    job = make_job(SAM)
    marks = [job.go("reel")[0]]
    plain = job.reel
    frames = len(probe(plain.path).frame_times)
    for values in (
        {"reel_cards": True},
        {"reel_cards": False, "spotlight": True},
        {"spotlight": False, "reel_crossfade": 0.4},
        {"reel_crossfade": 0.0, "reel_shape": "portrait"},
        {"reel_shape": "wide", "overlay": True},
    ):
        job.set(**values)
        mark, perf = job.go("reel")
        marks.append(mark)
        made = probe(job.reel.path)
        assert job.reel.bytes == job.reel.path.stat().st_size
        assert perf["frames"] == len(made.frame_times)
        grown = values.get("reel_cards") or values.get("spotlight")
        shrunk = values.get("reel_crossfade")
        assert (len(made.frame_times) > frames) == bool(grown)
        assert (len(made.frame_times) < frames) == bool(shrunk)
        assert (made.size == (720, 1280)) == (values.get("reel_shape") == "portrait")
        with av.open(str(job.reel.path)) as container:
            assert len(container.chapters()) == len(SHIFTS)
    # What a draw that was stopped has left behind is of no use to a plain reel.
    (job.store.work_dir(job.id) / PIECES).mkdir()
    job.set(overlay=False)
    marks.append(job.go("reel")[0])
    assert marks[0] == marks[-1] and len(set(marks)) == len(marks) - 1
    assert job.reel.sha256 == plain.sha256
    assert not (job.store.work_dir(job.id) / PIECES).exists()


def test_a_corrected_player_changes_a_drawn_reel_but_not_a_plain_one(make_job):
    job = make_job(SAM)
    stage = job.stages["reel"]
    plain = stage.input_hash(job.context("reel"))
    job.set(spotlight=True)
    drawn = stage.input_hash(job.context("reel"))
    setup = job.store.setup(job.id)
    renamed = Setup(setup.settings, (PlayerSetup("Sam", "17"),), periods=setup.periods)
    job.store.save_setup(job.id, renamed)
    assert stage.input_hash(job.context("reel")) != drawn
    job.set(spotlight=False)
    assert stage.input_hash(job.context("reel")) == plain


def test_cards_name_player_game_day_shift_and_period(make_job):
    job = make_job(SAM)
    job.set(reel_cards=True)
    found = job.store.results(job.id)
    clips = reel_clips(found, found.clips, job.store.tracklets(job.id), date(2026, 2, 14))
    assert clips[0].cards == (
        TitleCard("Šimůnek", "17", "Sparta – Örebro", "14 February 2026"),
        ShiftCard(1, "Period 1, 0:00", "0:01"),
    )
    assert clips[1].cards == (ShiftCard(2, "Period 1, 0:02", "0:01"),)
    assert [clip.name for clip in clips] == ["Šimůnek #17"] * 2
    assert [[one.id for one in clip.tracklets] for clip in clips] == [[0], [1]]


def test_a_reel_of_two_players_has_a_title_for_each(make_job):
    job = make_job(SAM, PlayerSetup("Alva", "9"))
    job.set(reel_cards=True)
    found = job.store.results(job.id)
    clips = sorted(found.clips, key=lambda clip: (clip.player_id, clip.start))
    cards = [clip.cards for clip in reel_clips(found, clips, [])]
    titles = [[card.name for card in shown if isinstance(card, TitleCard)] for shown in cards]
    assert titles == [["Šimůnek"], [], ["Alva"], []]
    assert cards[2][1].player == "Alva #9"


def test_moments_are_told_within_their_period():
    periods = [(Fraction(60), Fraction(1260)), (Fraction(1400), Fraction(2600))]
    assert period_clock(Fraction(30), periods) == "0:30 into the film"
    assert period_clock(Fraction(312), periods) == "Period 1, 4:12"
    assert period_clock(Fraction(1400), periods) == "Period 2, 0:00"
    assert period_clock(Fraction(3700), []) == "1:01:40 into the film"


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("creation_time=2026-02-14T12:00:00Z", date(2026, 2, 14)),
        ("creation_time=1970-01-01T12:00:00Z", None),
        ("title=Sat", None),
    ],
)
def test_the_day_is_what_the_camera_wrote(corpus, tmp_path, told, day):
    film = tmp_path / "film.mp4"
    copying = ("-map_metadata", "-1", "-metadata", told, "-c", "copy", "-y", str(film))
    corpus.ffmpeg.run(["-i", str(corpus.path("bframes25")), *copying])
    recording = read_recording(film)
    assert (recording.day if recording.is_told else None) == day
