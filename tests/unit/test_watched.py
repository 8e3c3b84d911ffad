"""What of the shifts counts as watched, and what is still to be played."""

from dataclasses import replace
from fractions import Fraction

from shiftclipper.jobs.rows import ShiftRow
from shiftclipper.ui.review.watched import Watched


def shift(number: int, start: float, end: float, verdict: str = "proposed") -> ShiftRow:
    """Return a shift of one player."""
    times = Fraction(start), Fraction(end)
    return ShiftRow(number, 1, *times, 0.7, "gate", "gate", (), (), "auto", verdict)


def watched(*shifts: ShiftRow, film: int = 100) -> Watched:
    """Return a film of so many seconds with shifts, none of them watched."""
    made = Watched(Fraction(film))
    made.show_shifts(shifts)
    return made


def parts(of: Watched) -> list[tuple[float, float]]:
    """Return what is left to play."""
    return [(float(start), float(end)) for start, end in of.to_play()]


def test_only_proposed_shifts_are_played_with_some_time_around_them() -> None:
    """Accepted and rejected ones are not, the film's ends are kept, near ones are played as one."""
    of = watched(
        shift(1, 1, 10),
        shift(2, 13, 20),
        shift(3, 40, 50, "accepted"),
        shift(4, 60, 70, "rejected"),
        shift(5, 90, 99),
    )
    assert parts(of) == [(0, 22), (88, 100)]


def test_a_shift_is_watched_when_all_of_it_and_what_is_around_was_played() -> None:
    """The last second after it counts too: there it shows whether the shift ends too early."""
    one = shift(1, 10, 20)
    of = watched(one)
    of.note(Fraction(8), Fraction(21))
    assert not of.is_watched(one)
    assert parts(of) == [(21, 22)]
    of.note(Fraction(21), Fraction(22))
    assert of.is_watched(one)
    assert parts(of) == []


def test_what_changes_after_it_was_watched_is_watched_again() -> None:
    """A shift that begins earlier than it was shown has its beginning played; the rest stays watched."""
    of = watched(shift(1, 10, 20))
    of.note(Fraction(8), Fraction(22))
    earlier = shift(2, 5, 20)
    of.show_shifts([earlier])
    assert parts(of) == [(3, 10)]
    assert of.progress().watched == 10
    shorter = shift(3, 10, 16)
    of.show_shifts([shorter])
    assert of.is_watched(shorter)


def test_a_shift_that_grew_over_a_moment_that_was_seen_as_off_the_ice_is_not_watched() -> None:
    """Seen is not agreed: there the player was proposed to be off the ice."""
    of = watched(shift(1, 10, 20))
    of.note(Fraction(8), Fraction(22))
    of.show_shifts([shift(1, 10, 22)])
    assert parts(of) == [(20, 24)]


def test_forgetting_a_shift_plays_it_again() -> None:
    """As after undo of its acceptance."""
    one, other = shift(1, 10, 20), shift(2, 40, 50)
    of = watched(one, other)
    for span in ((8, 22), (38, 52)):
        of.note(Fraction(span[0]), Fraction(span[1]))
    of.forget(one)
    assert parts(of) == [(8, 22)]


def test_what_is_left_behind_comes_before_what_follows_only_in_the_same_stretch() -> None:
    """Else the film is played forward, and what is missing at its beginning comes last."""
    of = watched(shift(1, 10, 20), shift(2, 40, 50), shift(3, 70, 80))
    of.note(Fraction(44), Fraction(52))
    assert of.next_part(Fraction(38)) == (38, 44)
    assert of.next_part(Fraction(52)) == (68, 82)
    of.note(Fraction(68), Fraction(82))
    assert of.next_part(Fraction(82)) == (8, 22)


def test_progress_counts_accepted_and_watched_time_on_ice() -> None:
    """Rejected shifts are no time on ice at all."""
    one = shift(1, 10, 20)
    of = watched(one, shift(2, 40, 46, "accepted"), shift(3, 60, 70, "rejected"))
    of.note(Fraction(8), Fraction(15))
    progress = of.progress()
    assert (progress.watched, progress.total, progress.left) == (11, 16, 7)
    of.show_shifts([replace(one, verdict="accepted")])
    assert of.progress().watched == 10
