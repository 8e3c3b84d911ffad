"""The journal of corrections on a real database: whatever is done can be undone and done again, exactly."""

import shutil
import sqlite3
import tempfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
import sqlite_utils
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from shiftclipper.errors import UserError
from shiftclipper.jobs import schema
from shiftclipper.jobs.kept_shifts import is_kept
from shiftclipper.jobs.rows import ClipRow, NewShift
from shiftclipper.jobs.setup import Click, ClickKind, PlayerSetup, Regions, RosterEntry, Setup
from shiftclipper.jobs.shift_rows import FoundShifts
from shiftclipper.jobs.store import DATABASE_NAME, Store

SAM, ALI = PlayerSetup("Sam", "17"), PlayerSetup("Ali")
GAME = Fraction(3600)


def found(*spans):
    return [
        NewShift(Fraction(start), Fraction(end), 0.5, "gate", "lost", tracklet_ids=(number,))
        for number, (start, end) in enumerate(spans)
    ]


def spans(*places):
    return st.tuples(st.integers(0, 50), st.integers(1, 12)).map(
        lambda pair: (Fraction(10 * pair[0]), Fraction(10 * (pair[0] + pair[1])))
    )


def with_click(place, click):
    def change(setup):
        players = list(setup.players)
        players[place] = replace(players[place], clicks=(*players[place].clicks, click))
        return replace(setup, players=tuple(players))

    return change


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def run(store):
    job_id = store.create_job([Path("game.mp4")], setup=Setup(players=(SAM, ALI)))
    store.queue(job_id)
    claimed = store.claim()
    claimed.save_source(store.sources(job_id)[0].id, start=Fraction(0), duration=GAME)
    claimed.replace_shifts(store.players(job_id)[0].id, found((10, 50), (90, 130), (200, 240)))
    return claimed


@pytest.fixture
def job(run):
    return run.job_id


@pytest.fixture
def sam(store, job):
    return store.players(job)[0].id


def state(store, job_id):
    return store.setup(job_id), store.players(job_id), store.shifts(job_id)


def shown(store, job_id):
    return [(float(one.start), float(one.end), one.origin, one.verdict) for one in store.shifts(job_id)]


# What each correction does


def test_a_found_shift_that_is_deleted_stays_away_and_one_made_by_hand_goes(store, run, job, sam):
    first = store.shifts(job)[0]
    made = store.corrections.add_shift(sam, Fraction(300), Fraction(330))
    store.corrections.remove_shift(first.id)
    store.corrections.remove_shift(made)
    assert shown(store, job)[0] == (10, 50, "auto", "rejected")
    assert made not in {shift.id for shift in store.shifts(job)}
    run.replace_found([FoundShifts(sam, found((10, 50), (90, 130)))])
    assert [row[3] for row in shown(store, job)] == ["rejected", "proposed"]


def test_a_found_shift_that_was_moved_and_then_deleted_is_not_found_again(store, run, job, sam):
    first = store.shifts(job)[0]
    store.corrections.set_shift_times(first.id, Fraction(12), Fraction(50))
    store.corrections.remove_shift(first.id)
    run.replace_found([FoundShifts(sam, found((12, 50)))])
    assert shown(store, job) == [(12, 50, "manual", "rejected")]


def test_a_split_makes_two_shifts_and_joining_them_makes_one_again(store, job):
    shift = store.shifts(job)[1]
    first, second = store.corrections.split_shift(shift.id, Fraction(100))
    assert first == shift.id
    halves = [one for one in store.shifts(job) if one.id in (first, second)]
    assert [(one.start, one.end, one.verdict) for one in halves] == [
        (90, 100, "accepted"),
        (100, 130, "accepted"),
    ]
    assert [(one.start_reason, one.end_reason) for one in halves] == [("gate", "mark"), ("mark", "lost")]
    joined = store.corrections.merge_shifts(second, first)
    (one,) = [one for one in store.shifts(job) if one.id in (first, second)]
    assert (one.id, one.start, one.end) == (joined, 90, 130)
    assert (one.start_reason, one.end_reason) == ("gate", "lost")


def test_joining_takes_what_lies_between(store, job):
    first, _, third = store.shifts(job)
    store.corrections.merge_shifts(first.id, third.id)
    assert shown(store, job) == [(10, 240, "manual", "accepted")]
    assert store.corrections.undo(job) == "shift-merge 10"
    assert len(store.shifts(job)) == 3


def test_a_note_survives_a_new_search_and_can_be_undone(store, run, job, sam):
    shift = store.shifts(job)[0]
    store.corrections.note_shift(shift.id, "  first  line ")
    run.replace_found([FoundShifts(sam, found((11, 51), (90, 130)))])
    assert [one.note for one in store.shifts(job)] == ["first line", ""]
    store.corrections.note_shift(store.shifts(job)[0].id, "power play")
    store.corrections.undo(job)
    assert store.shifts(job)[0].note == "first line"
    with pytest.raises(UserError, match="at most 500 letters"):
        store.corrections.note_shift(store.shifts(job)[0].id, "x" * 501)


def test_a_click_and_a_shift_are_undone_in_the_order_they_were_made(store, job):
    corrections = store.corrections
    shift = store.shifts(job)[0]
    before = state(store, job)
    corrections.change_setup(job, with_click(0, Click(Fraction(20), ClickKind.IS, 0.1, 0.2)), "click 20")
    corrections.judge_shift(shift.id, "accepted")
    assert (corrections.next_undo(job), corrections.next_redo(job)) == ("shift-accepted 10", None)
    after = state(store, job)
    assert [corrections.undo(job), corrections.undo(job), corrections.undo(job)] == [
        "shift-accepted 10",
        "click 20",
        None,
    ]
    assert state(store, job) == before
    assert (corrections.next_undo(job), corrections.next_redo(job)) == (None, "click 20")
    assert [corrections.redo(job), corrections.redo(job), corrections.redo(job)] == [
        "click 20",
        "shift-accepted 10",
        None,
    ]
    assert state(store, job) == after


def test_a_new_correction_drops_what_was_undone(store, job):
    shift = store.shifts(job)[0]
    store.corrections.judge_shift(shift.id, "accepted")
    store.corrections.undo(job)
    store.corrections.judge_shift(shift.id, "rejected")
    assert store.corrections.redo(job) is None
    assert store.corrections.undo(job) == "shift-rejected 10"


def test_undo_leaves_alone_what_was_changed_beside_it(store, job):
    store.corrections.change_setup(
        job, lambda setup: replace(setup, settings=replace(setup.settings, camera="phone")), "camera"
    )
    store.change_settings(job, pre_roll=4.5)
    store.corrections.undo(job)
    now = store.setup(job).settings
    assert (now.camera, now.pre_roll) == ("fixed_wide", 4.5)


def test_everything_of_a_setup_comes_back(store, job):
    before = store.setup(job)
    corner = ((0.1, 0.2), (0.3, 0.2), (0.3, 0.4))
    full = Setup(
        settings=replace(before.settings, camera="panning", min_shift=7.0),
        players=(replace(SAM, name="Samuel", jersey_color="#102030"),),
        opponent_color="#ffffff",
        regions=Regions(corner, (corner, corner), (corner,)),
        periods=((Fraction(1, 3), Fraction(1200)), (Fraction(1300), Fraction(2400))),
        roster=(RosterEntry("17", "Sam"),),
    )
    store.corrections.change_setup(job, lambda _: full, "setup-file")
    after = store.setup(job)
    store.corrections.undo(job)
    assert store.setup(job) == before
    store.corrections.redo(job)
    assert store.setup(job) == after
    assert after.regions == full.regions and after.players == full.players


def test_a_removed_player_comes_back_with_id_and_shifts(store, run, job):
    ali = store.players(job)[1].id
    run.replace_shifts(ali, found((60, 80)))
    store.corrections.add_shift(ali, Fraction(300), Fraction(330))
    before = state(store, job)
    store.corrections.change_setup(job, lambda setup: replace(setup, players=setup.players[:1]), "roster")
    other = store.create_job([Path("other.mp4")], setup=Setup(players=(PlayerSetup("Eve"),)))
    assert store.players(other)[0].id not in {player.id for player in before[1]}
    store.corrections.undo(job)
    assert state(store, job) == before


def test_an_undone_shift_comes_back_as_itself_though_others_were_made_meanwhile(store, run, job, sam):
    made = store.corrections.add_shift(sam, Fraction(300), Fraction(330))
    store.corrections.undo(job)
    run.replace_found([FoundShifts(sam, found((10, 50), (400, 440)))])
    taken = {shift.id for shift in store.shifts(job)}
    assert made not in taken
    store.corrections.redo(job)
    assert {shift.id for shift in store.shifts(job)} == taken | {made}


def test_a_clip_stays_with_its_shift_through_undo(store, run, job):
    shift = store.shifts(job)[0]
    run.save_clip(ClipRow(shift.start, shift.end, Path("/1.mp4"), shift_id=shift.id))
    store.corrections.judge_shift(shift.id, "accepted")
    store.corrections.undo(job)
    assert store.clips(job)[0].shift_id == shift.id


def test_what_is_refused_changes_nothing_and_is_not_in_the_journal(store, job, sam):
    first, second, _ = store.shifts(job)
    corrections = store.corrections
    corrections.judge_shift(first.id, "accepted")
    corrections.judge_shift(second.id, "rejected")
    before = state(store, job)
    click = Click(Fraction(100), ClickKind.IS, 0.5, 0.5)
    off = Click(Fraction(30), ClickKind.OFF_ICE)
    late = Click(GAME + 1, ClickKind.IS, 0.5, 0.5)
    for act, said in (
        (lambda: corrections.add_shift(sam, Fraction(40), Fraction(60)), "overlap"),
        (lambda: corrections.set_shift_times(first.id, Fraction(10), GAME + 1), "inside the film"),
        (lambda: corrections.set_shift_times(first.id, Fraction(50), Fraction(10)), "ends after it starts"),
        (lambda: corrections.split_shift(first.id, Fraction(50)), "split inside"),
        (lambda: corrections.merge_shifts(first.id, first.id), "choose two"),
        (lambda: corrections.judge_shift(999, "accepted"), "This shift is gone"),
        (lambda: corrections.add_shift(999, Fraction(1), Fraction(9)), "player was removed"),
        (lambda: corrections.change_setup(job, with_click(0, click), "click"), "The click at 1:40.0 lies in"),
        (lambda: corrections.change_setup(job, with_click(0, off), "off-ice"), "The off-ice mark at 0:30.0"),
        (lambda: corrections.change_setup(job, with_click(0, late), "click"), "outside the film"),
    ):
        with pytest.raises(UserError, match=said):
            act()
    assert state(store, job) == before
    assert corrections.next_undo(job) == "shift-rejected 90"


def test_undo_is_refused_in_words_when_the_player_is_gone(store, job):
    ali = store.players(job)[1].id
    made = store.corrections.add_shift(ali, Fraction(300), Fraction(330))
    store.corrections.remove_shift(made)
    # Not through the journal: a setup that is taken as a whole.
    store.save_setup(job, Setup(players=(SAM,)))
    with pytest.raises(UserError, match="removed meanwhile"):
        store.corrections.undo(job)
    assert store.corrections.next_undo(job) == "shift-remove 300"


def test_nothing_is_written_down_for_what_changes_nothing(store, job):
    shift = store.shifts(job)[0]
    store.corrections.judge_shift(shift.id, "proposed")
    changed = store.corrections.change_setup(job, lambda setup: setup, "name")
    assert changed.before == changed.after
    assert store.corrections.next_undo(job) is None


def test_those_who_listen_hear_of_each_correction_and_of_undo(tmp_path):
    heard = []
    with Store(tmp_path / "data", on_change=heard.append) as store:
        job_id = store.create_job([Path("game.mp4")], setup=Setup(players=(SAM,)))
        heard.clear()
        store.corrections.add_shift(store.players(job_id)[0].id, Fraction(1), Fraction(9))
        store.corrections.undo(job_id)
        store.corrections.redo(job_id)
        assert heard == [job_id] * 3


def test_a_database_of_before_takes_up_where_its_ids_were(tmp_path):
    path = tmp_path / "data" / DATABASE_NAME
    path.parent.mkdir()
    connection = sqlite3.connect(path, isolation_level=None)
    schema.migrate(sqlite_utils.Database(connection, execute_plugins=False), path, schema.migrations()[:4])
    connection.executescript(
        "INSERT INTO job (id, title, status, settings, out_dir, created_at, updated_at) "
        "VALUES ('old', 'Cup', 'draft', '{}', '/out', 1, 1);"
        "INSERT INTO player (id, job_id, position, name, number) VALUES (7, 'old', 0, 'Sam', '17');"
        'INSERT INTO shift (id, player_id, start, "end", confidence, start_reason, end_reason, evidence, '
        "tracklet_ids) VALUES (40, 7, 0, 705600000, 0.5, 'gate', 'gate', '[]', '[]');"
    )
    connection.close()
    with Store(tmp_path / "data") as store:
        (shift,) = store.shifts("old")
        assert (shift.id, shift.note) == (40, "")
        store.corrections.judge_shift(shift.id, "rejected")
        assert store.corrections.add_shift(7, Fraction(10), Fraction(20)) == 41
        assert store.corrections.undo("old") == "shift-add 10"
        assert store.corrections.add_shift(7, Fraction(30), Fraction(40)) == 42
        assert store.check() == []


def test_a_rejected_shift_takes_the_clicks_in_it_back_as_one_step_of_undo(store, job):
    inside, beside = (Click(Fraction(time), ClickKind.IS, 0.5, 0.5) for time in (20, 100))
    for click in (inside, beside):
        store.corrections.change_setup(job, with_click(0, click), "click")
    before = state(store, job)

    assert store.corrections.judge_shift(store.shifts(job)[0].id, "rejected") == (Fraction(20),)

    after = state(store, job)
    assert after[0].players[0].clicks == (beside,)
    assert [row[3] for row in shown(store, job)] == ["rejected", "proposed", "proposed"]
    assert store.corrections.undo(job) == "shift-rejected 10"
    assert state(store, job) == before
    assert store.corrections.redo(job) == "shift-rejected 10"
    assert state(store, job) == after


def test_what_else_was_said_in_a_rejected_shift_stays(store, job):
    """A click on somebody else, one on another player, and one of his in a shift that he surely played."""
    other = Click(Fraction(20), ClickKind.IS_NOT, 0.5, 0.5)
    of_ali = Click(Fraction(25), ClickKind.IS, 0.2, 0.5)
    of_sam = Click(Fraction(45), ClickKind.IS, 0.5, 0.5)
    first = store.shifts(job)[0]
    for place, click in ((0, other), (1, of_ali), (0, of_sam)):
        store.corrections.change_setup(job, with_click(place, click), "click")
    store.corrections.add_shift(first.player_id, Fraction(40), Fraction(60))
    said = store.setup(job)

    assert store.corrections.judge_shift(first.id, "rejected") == ()

    assert store.setup(job) == said


def test_deleting_a_shift_that_was_found_takes_the_click_in_it_back_too(store, job):
    click = Click(Fraction(20), ClickKind.IS, 0.5, 0.5)
    store.corrections.change_setup(job, with_click(0, click), "click")
    before = state(store, job)

    assert store.corrections.remove_shift(store.shifts(job)[0].id) == (Fraction(20),)

    assert store.setup(job).players[0].clicks == ()
    store.corrections.undo(job)
    assert state(store, job) == before


# Whatever is done in whatever order


class Journal(RuleBasedStateMachine):
    """Corrects at random, and keeps beside it what the person's marks and shifts must be."""

    @initialize()
    def begin(self):
        self.folder = Path(tempfile.mkdtemp())
        self.store = Store(self.folder)
        self.job = self.store.create_job([Path("game.mp4")], setup=Setup(players=(SAM, ALI)))
        self.store.queue(self.job)
        self.run = self.store.claim()
        self.done = [self.said()]
        self.undone = []

    def teardown(self):
        assert self.store.check() == []
        self.store.close()
        shutil.rmtree(self.folder)

    def said(self):
        """Return all that is the person's: marks, players, and the shifts that he made or judged."""
        kept = {shift.id: shift for shift in self.store.shifts(self.job) if is_kept(shift)}
        return self.store.setup(self.job), self.store.players(self.job), kept

    def correct(self, act, expected):
        """Carry out a correction that makes this of what the person said, or that is refused."""
        before = self.said()
        try:
            act()
        except UserError:
            assert self.said() == before
            return
        now = self.said()
        expected(before, now)
        # Kept or not, a correction that changed nothing is none.
        if self.store.corrections.next_undo(self.job) is not None and now != before:
            self.done.append(now)
            self.undone = []

    def shift(self, data, kept=None):
        shifts = [one for one in self.store.shifts(self.job) if kept is None or is_kept(one) == kept]
        return data.draw(st.sampled_from(shifts)) if shifts else None

    @rule(start=st.integers(0, 40), length=st.integers(1, 8), place=st.integers(0, 1))
    def search(self, start, length, place):
        """What is found is not the person's, and changes nothing of his."""
        players = self.store.players(self.job)
        if place < len(players):
            span = (10 * start, 10 * (start + length))
            self.run.replace_found([FoundShifts(players[place].id, found(span, (600, 640)))])

    @rule(time=st.integers(0, 60), kind=st.sampled_from(ClickKind), place=st.integers(0, 1))
    def click(self, time, kind, place):
        where = (None, None) if kind is ClickKind.OFF_ICE else (0.25, 0.75)
        mark = Click(Fraction(10 * time + 5), kind, *where)
        if place >= len(self.store.setup(self.job).players):
            return

        def expected(before, now):
            clicks = before[0].players[place].clicks
            assert now[0].players[place].clicks == (*clicks, mark)
            assert now[2] == before[2]

        self.correct(
            lambda: self.store.corrections.change_setup(self.job, with_click(place, mark), "click"), expected
        )

    @rule()
    def remove_or_add_the_last_player(self):
        def change(setup):
            players = setup.players[:1] if len(setup.players) == 2 else (*setup.players, ALI)
            return replace(setup, players=players)

        def expected(before, now):
            left = {player.id for player in now[1]}
            assert now[2] == {k: one for k, one in before[2].items() if one.player_id in left}

        self.correct(lambda: self.store.corrections.change_setup(self.job, change, "roster"), expected)

    @rule(span=spans(), place=st.integers(0, 1))
    def add(self, span, place):
        players = self.store.players(self.job)
        if place >= len(players):
            return

        def expected(before, now):
            (new,) = set(now[2]) - set(before[2])
            assert (now[2][new].start, now[2][new].end, now[2][new].verdict) == (*span, "accepted")

        self.correct(lambda: self.store.corrections.add_shift(players[place].id, *span), expected)

    @rule(data=st.data(), span=spans())
    def move(self, data, span):
        shift = self.shift(data)
        if shift is None:
            return

        def expected(before, now):
            assert (now[2][shift.id].start, now[2][shift.id].end) == span
            assert set(now[2]) == set(before[2]) | {shift.id}

        self.correct(lambda: self.store.corrections.set_shift_times(shift.id, *span), expected)

    @rule(data=st.data(), verdict=st.sampled_from(["accepted", "rejected"]))
    def judge(self, data, verdict):
        shift = self.shift(data)
        if shift is None:
            return

        def expected(before, now):
            assert now[2] == before[2] | {shift.id: replace(shift, verdict=verdict)}

        self.correct(lambda: self.store.corrections.judge_shift(shift.id, verdict), expected)

    @rule(data=st.data())
    def remove(self, data):
        shift = self.shift(data, kept=True)
        if shift is None:
            return

        def expected(before, now):
            stays = now[2].get(shift.id)
            assert stays is None or stays.verdict == "rejected"
            assert {k: v for k, v in now[2].items() if k != shift.id} == {
                k: v for k, v in before[2].items() if k != shift.id
            }

        self.correct(lambda: self.store.corrections.remove_shift(shift.id), expected)

    @rule(data=st.data())
    def split(self, data):
        shift = self.shift(data)
        if shift is None:
            return
        middle = (shift.start + shift.end) / 2

        def expected(before, now):
            (new,) = set(now[2]) - set(before[2]) - {shift.id}
            assert (now[2][shift.id].start, now[2][shift.id].end) == (shift.start, middle)
            assert (now[2][new].start, now[2][new].end) == (middle, shift.end)

        self.correct(lambda: self.store.corrections.split_shift(shift.id, middle), expected)

    @rule(data=st.data())
    def join(self, data):
        one, other = self.shift(data), self.shift(data)
        if one is None or other is None:
            return

        def expected(before, now):
            first = min(one, other, key=lambda shift: shift.start)
            joined = now[2][first.id]
            assert (joined.start, joined.end) == (first.start, max(one.end, other.end))

        self.correct(lambda: self.store.corrections.merge_shifts(one.id, other.id), expected)

    @precondition(lambda self: len(self.done) > 1)
    @rule()
    def undo(self):
        assert self.store.corrections.undo(self.job) is not None
        self.undone.append(self.done.pop())

    @precondition(lambda self: bool(self.undone))
    @rule()
    def redo(self):
        assert self.store.corrections.redo(self.job) is not None
        self.done.append(self.undone.pop())

    @rule()
    def restart(self):
        self.store.close()
        self.store = Store(self.folder)
        self.store.resume(self.job)
        self.run = self.store.claim()

    @invariant()
    def agrees(self):
        if hasattr(self, "done"):
            assert self.said() == self.done[-1]
            journal = self.store.corrections
            assert (journal.next_undo(self.job) is None) == (len(self.done) == 1)
            assert (journal.next_redo(self.job) is None) == (not self.undone)


TestJournal = Journal.TestCase
TestJournal.settings = settings(
    max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
