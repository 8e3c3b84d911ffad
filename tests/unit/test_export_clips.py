"""Clip plans widen a shift once, inside the film, and name each file."""

from fractions import Fraction

from shiftclipper.export.clips import ShiftToCut, plan_clips


def shift(start, end, number=1, player="Sam 17"):
    return ShiftToCut(number, Fraction(start), Fraction(end), player)


def plan(shifts, duration=100, pre=2, post=3, breaks=()):
    return plan_clips(
        shifts,
        duration=Fraction(duration),
        pre_roll=Fraction(pre),
        post_roll=Fraction(post),
        breaks=[Fraction(edge) for edge in breaks],
    )


def test_rolls_are_added_once():
    [clip] = plan([shift(10, 40)])
    assert (clip.start, clip.end) == (8, 43)


def test_a_clip_stays_inside_the_film():
    first, last = plan([shift(1, 20), shift(70, 99, 2)])
    assert first.start == 0
    assert last.end == 100


def test_a_roll_stops_where_one_source_ends_and_the_next_begins():
    before, after = plan([shift(20, 49), shift(51, 70, 2)], breaks=[50])
    assert before.end == 50
    assert after.start == 50


def test_a_shift_may_cross_two_sources():
    [clip] = plan([shift(45, 55)], breaks=[50])
    assert (clip.start, clip.end) == (43, 58)


def test_names_tell_player_number_and_time_and_differ():
    names = [clip.file_name for clip in plan([shift(65, 70), shift(65, 71)])]
    assert names == ["Sam 17 shift 01 1.05.mp4", "Sam 17 shift 01 1.05 (2).mp4"]


def test_a_shift_after_the_film_gives_no_clip():
    assert plan([shift(200, 220)]) == []
