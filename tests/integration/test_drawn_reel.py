"""The drawn reel: every picture and every sound at its place among cards, stops and crossfades."""

import itertools
import threading
from fractions import Fraction

import av
import numpy as np
import pytest

from shiftclipper.errors import Cancelled, UserError
from shiftclipper.export.reel import Known, ReelClip, ReelLook, ShiftCard, TitleCard, make_reel
from shiftclipper.export.reel.ring import FREEZE, LEAD
from shiftclipper.export.reel.scenes import CARD_SECONDS, TITLE_SECONDS, plan_scenes
from shiftclipper.export.reel.sound import reel_sound
from shiftclipper.media.cut import cut, plan_cut
from shiftclipper.media.encoders import X264, Encoder
from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.index import read_index
from shiftclipper.media.probe import probe
from shiftclipper.media.reel import read_part
from tests.made_tracklets import made_tracklet
from tests.media_corpus import SIZE, SOUND_RATE, Corpus, read_numbers, read_sound, sound_lag

pytestmark = pytest.mark.xdist_group("media")

KNOWN = Known(SIZE)
RATE = 25
STRETCHES = (("1", "2"), ("3", "4.2"))
TITLE = TitleCard("Jakub Šimůnek", "17", "Sparta – Örebro")
STOPPED = round(FREEZE * RATE)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return Corpus(tmp_path_factory.getbasetemp() / "media-corpus", locate())


@pytest.fixture
def cut_clips(corpus, tmp_path):
    """Cut stretches of a kind into clips that a player is seen in from a quarter of a second on.

    He stands at the right edge, where the pictures carry nothing of their number.
    """

    def run(kind="bframes25", stretches=STRETCHES, cards=((), ())):
        clips = []
        for number, ((start, end), shown) in enumerate(zip(stretches, cards, strict=True)):
            found = corpus.probe(kind)
            plan = plan_cut(found.index, found, Fraction(start), Fraction(end))
            made = cut(corpus.ffmpeg, plan, tmp_path / f"it's {kind} {number}.mp4", X264)
            first, last = float(made.start) + 0.25, float(made.end)
            player = made_tracklet(number, first, last, lambda _: (313, 96), tall=12)
            clips.append(
                ReelClip(
                    made.path, made.start, f"Shift {number + 1}", shown, "Sam 17", (player,), (first, last)
                )
            )
        return clips

    return run


def draw(corpus, clips, look, tmp_path, **more):
    options = {"encoder_for": lambda size, rate: X264, "work": tmp_path / "pieces"} | more
    return make_reel(corpus.ffmpeg, clips, look, KNOWN, tmp_path / "reel.mp4", **options)


def clip_numbers(corpus, kind="bframes25", stretches=STRETCHES):
    return [corpus.numbers(kind, Fraction(start), Fraction(end)) for start, end in stretches]


def check_sound(corpus, reel, places, kind="bframes25"):
    """Compare the sound of the reel with the film's at (reel time, film time, seconds)."""
    heard, first = read_sound(reel.path)
    found = corpus.probe(kind)
    whole, whole_start = read_sound(found.path)
    for here, there, length in places:
        begin = round((there + float(found.start_time) - whole_start) * SOUND_RATE)
        count = round(length * SOUND_RATE)
        at = round((here - first) * SOUND_RATE)
        lag, alike = sound_lag(heard[at : at + count], whole[begin : begin + count])
        assert abs(lag) < 0.002 and alike > 0.9, (here, there, lag, alike)


def test_cards_stand_before_their_clips_and_sound_stays_with_the_pictures(corpus, cut_clips, tmp_path):
    cards = ((TITLE, ShiftCard(1, "0:01", "0:01")), (ShiftCard(2, "0:03", "0:01"),))
    told = []
    reel = draw(
        corpus,
        cut_clips(cards=cards),
        ReelLook(),
        tmp_path,
        on_progress=lambda done, total: told.append(done / total),
    )
    first, second = clip_numbers(corpus)
    title, card = round(TITLE_SECONDS * RATE), round(CARD_SECONDS * RATE)
    assert read_numbers(reel.path) == [-1] * (title + card) + first + [-1] * card + second
    assert told == sorted(told) and 0.9 < told[-1] <= 1
    with av.open(str(reel.path)) as container:
        marks = container.chapters()
    begins = [float(mark["start"] * mark["time_base"]) for mark in marks]
    assert begins == pytest.approx([0, (title + card) / RATE + 1], abs=0.001)
    assert [mark["metadata"]["title"] for mark in marks] == ["Shift 1", "Shift 2"]
    lead = (title + card) / RATE
    check_sound(corpus, reel, [(lead, 1, 1), (lead + 1 + card / RATE, 3, 1.2)])
    assert not (tmp_path / "pieces").exists()
    assert not list(tmp_path.glob("*.part"))


def stop_of(numbers):
    """Return where a picture comes again for the first time."""
    return next(at for at, (here, after) in enumerate(itertools.pairwise(numbers)) if here == after)


def test_the_picture_stops_on_the_player_and_goes_on_with_the_next_frame(corpus, cut_clips, tmp_path):
    reel = draw(corpus, cut_clips(), ReelLook(spotlight=True), tmp_path)
    numbers = read_numbers(reel.path)
    for clip in clip_numbers(corpus):
        at = stop_of(numbers)
        assert at == pytest.approx(LEAD * RATE, abs=1)
        assert numbers[:at] + numbers[at + STOPPED : len(clip) + STOPPED] == clip
        # The first of them are not dark yet, the others are.
        assert numbers[at] == clip[at] and set(numbers[at + 5 : at + STOPPED - 5]) == {-1}
        numbers = numbers[len(clip) + STOPPED :]
    assert not numbers


def test_sound_is_silent_where_the_picture_stops_and_in_step_after_it(corpus, cut_clips, tmp_path):
    reel = draw(corpus, cut_clips(), ReelLook(spotlight=True), tmp_path)
    first = stop_of(read_numbers(reel.path)) / RATE
    after = first + STOPPED / RATE
    check_sound(corpus, reel, [(after + 0.2, 1 + first + 0.2, 1 - first - 0.2)])
    heard, _ = read_sound(reel.path)
    still = heard[round((first + 0.05) * SOUND_RATE) : round((after - 0.05) * SOUND_RATE)]
    assert np.abs(still).max() < 0.01


def test_clips_turn_into_each_other_and_lose_nothing_else(corpus, cut_clips, tmp_path):
    reel = draw(corpus, cut_clips(), ReelLook(crossfade=Fraction(2, 5)), tmp_path)
    first, second = clip_numbers(corpus)
    numbers = read_numbers(reel.path)
    assert len(numbers) == len(first) + len(second) - 10
    assert numbers[: len(first) - 10] == first[:-10]
    assert numbers[len(first) :] == second[10:]
    assert reel.duration == Fraction(len(numbers), RATE)
    # The middle of the way is half of each, whose numbers cannot be read.
    assert -1 in numbers[len(first) - 10 : len(first)]
    check_sound(corpus, reel, [(0, 1, 0.6), (1, 3.4, 0.8)])


@pytest.mark.parametrize(
    "look",
    [ReelLook(), ReelLook(spotlight=True), ReelLook(crossfade=Fraction(1, 3), spotlight=True)],
    ids=["plain", "spotlight", "crossfade"],
)
def test_sound_is_exactly_as_long_as_the_pictures_and_nowhere_cut_off(corpus, cut_clips, look):
    clips = cut_clips(cards=((TITLE,), (ShiftCard(2, "0:03", "0:01"),)))
    parts = [read_part(clip.path) for clip in clips]
    board = plan_scenes(clips, parts, [SIZE, SIZE], look, KNOWN)
    samples = np.frombuffer(b"".join(reel_sound(board)), "<i2").reshape(-1, 2)
    pictures = board.starts[-1]
    assert sum(board.piece_pictures(piece) for piece in board.pieces) == pictures
    assert len(samples) == round(pictures * SOUND_RATE / RATE)
    loud = np.abs(samples.astype(int)).max()
    for start in board.starts[1:-1] if not look.crossfade else ():
        at = round(start * SOUND_RATE / RATE)
        assert np.abs(samples[at - 3 : at + 3].astype(int)).max() < loud / 20
    # In noise that ends at 3 kHz no sample is far from its neighbours but where sound is cut.
    steps = np.abs(np.diff(samples.astype(int), axis=0)).max()
    heard, _ = read_sound(clips[0].path)
    assert steps < 1.5 * np.abs(np.diff(heard)).max() * 32768


def test_an_upright_reel_is_nine_to_sixteen(corpus, cut_clips, tmp_path):
    look = ReelLook(upright=True, spotlight=True, ring=True)
    reel = draw(corpus, cut_clips(stretches=(("1", "2"),), cards=((),)), look, tmp_path)
    made = probe(reel.path)
    assert made.size == (720, 1280)
    assert made.fps == RATE
    assert reel.frames == len(made.frame_times) == 25 + STOPPED


def test_clips_of_other_sizes_rates_and_without_sound_take_after_the_first(corpus, cut_clips, tmp_path):
    first, second = cut_clips()
    (uneven,) = cut_clips("vfr", (("1", "2"),), ((),))
    (mute,) = cut_clips("no_audio", (("2", "2.5"),), ((),))
    big = tmp_path / "big.mp4"
    corpus.ffmpeg.run(
        [
            *("-f", "lavfi", "-i", "testsrc2=size=640x480:rate=50:duration=0.5", "-c:v", "libx264"),
            *("-preset", "ultrafast", "-pix_fmt", "yuv420p", "-y", str(big)),
        ]
    )
    clips = [first, ReelClip(big, Fraction(0), "Big"), mute, uneven, second]
    reel = draw(corpus, clips, ReelLook(crossfade=Fraction(1, 25)), tmp_path)
    made = probe(reel.path)
    assert made.size == SIZE and not made.index.variable_frame_rate
    lengths = [read_index(clip.path).duration_seconds for clip in clips]
    assert float(reel.duration) == pytest.approx(float(sum(lengths)) - 4 / RATE, abs=0.1)
    check_sound(corpus, reel, [(0, 1, 0.95), (float(reel.duration) - 1.1, 3.1, 1.1)])


def halted_after_a_piece(stop, tmp_path):
    def halt(done, total):
        if list((tmp_path / "pieces").glob("*.mp4")):
            stop.set()

    return halt


def test_a_reel_that_was_stopped_goes_on_with_the_piece_it_was_at(corpus, cut_clips, tmp_path):
    clips = cut_clips(stretches=(("1", "2"), ("3", "4.2"), ("2", "3.5")), cards=((TITLE,), (), ()))
    look = ReelLook(spotlight=True, crossfade=Fraction(1, 5))
    stop = threading.Event()
    halt = halted_after_a_piece(stop, tmp_path)
    with pytest.raises(Cancelled):
        draw(corpus, clips, look, tmp_path, stop=stop, on_progress=halt)
    kept = {path: path.stat() for path in (tmp_path / "pieces").iterdir()}
    assert 1 <= len(kept) < 3 and not (tmp_path / "reel.mp4").exists()
    again = []
    reel = draw(corpus, clips, look, tmp_path, on_progress=lambda done, total: again.append(done / total))
    assert again[0] > 0.2
    whole = draw(corpus, clips, look, tmp_path, work=tmp_path / "others")
    assert read_numbers(reel.path) == read_numbers(whole.path)


def test_pieces_of_another_look_are_not_taken(corpus, cut_clips, tmp_path):
    clips = cut_clips()
    stop = threading.Event()
    halt = halted_after_a_piece(stop, tmp_path)
    with pytest.raises(Cancelled):
        draw(corpus, clips, ReelLook(ring=True), tmp_path, stop=stop, on_progress=halt)
    pieces = set((tmp_path / "pieces").glob("*.mp4"))
    assert pieces
    with pytest.raises(UserError, match="no room"):
        draw(corpus, clips, ReelLook(spotlight=True), tmp_path, on_progress=refuse)
    assert not pieces & set((tmp_path / "pieces").glob("*.mp4"))


def refuse(done, total):
    raise UserError("no room")


def test_an_encoder_that_gives_up_is_replaced_by_one_that_does_not(corpus, cut_clips, tmp_path):
    broken = Encoder("h264_none", ("-c:v", "h264_none"), hardware=True)
    reel = draw(corpus, cut_clips(), ReelLook(ring=True), tmp_path, encoder_for=lambda size, rate: broken)
    assert reel.frames == 55


def test_a_player_who_is_never_seen_leaves_the_clip_as_it_is(corpus, cut_clips, tmp_path):
    clips = [ReelClip(clip.path, clip.start, clip.title) for clip in cut_clips()]
    reel = draw(corpus, clips, ReelLook(spotlight=True, ring=True), tmp_path)
    assert read_numbers(reel.path) == [number for clip in clip_numbers(corpus) for number in clip]


def test_colours_of_the_film_are_those_of_the_reel(corpus, tmp_path):
    film, bt709 = tmp_path / "film.mp4", "bt709"
    corpus.ffmpeg.run(
        [
            *("-f", "lavfi", "-i", "testsrc2=size=320x192:rate=25:duration=1", "-c:v", "libx264", "-qp", "4"),
            *(
                "-vf",
                f"format=yuv420p,setparams=colorspace={bt709}:color_trc={bt709}:color_primaries={bt709}",
            ),
            *("-y", str(film)),
        ]
    )
    reel = draw(corpus, [ReelClip(film, Fraction(0), "One")], ReelLook(crossfade=Fraction(1)), tmp_path)
    assert read_part(reel.path).colour == read_part(film).colour == (1, 1, 1)
    pictures = []
    for path in (film, reel.path):
        with av.open(str(path)) as container:
            pictures.append(next(container.decode(video=0)).to_ndarray(format="yuv420p").astype(int))
    assert np.abs(pictures[0] - pictures[1]).mean() < 2.5
    assert abs(pictures[0].mean() - pictures[1].mean()) < 0.3
