"""The journal of what the person corrects: each correction is one transaction that can be undone.

A correction changes the rows and writes down, in the same transaction, the parts that it changed as they were
and as they became. So undo and redo work after a restart too. Shifts that a later search replaces are not the
person's and are found again; whatever the person made, judged or marked comes back exactly.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction

from shiftclipper.errors import UserError
from shiftclipper.identity import Click as Mark
from shiftclipper.identity import Constraints
from shiftclipper.identity.spans import TOUCH, check_spans
from shiftclipper.jobs import reading, setup_rows, shift_rows, snapshots
from shiftclipper.jobs.database import Change, Database, Row, Tables
from shiftclipper.jobs.kept_shifts import MARK, is_kept, played_spans, rejected_spans
from shiftclipper.jobs.rows import ShiftRow
from shiftclipper.jobs.schema import TableName
from shiftclipper.jobs.setup import ClickKind, Setup, check_against
from shiftclipper.jobs.snapshots import Snapshot
from shiftclipper.jobs.times import from_flicks

KEPT = 2000
"""Corrections of one job that can be undone; older ones are forgotten."""
LONGEST_NOTE = 500
"""Characters."""


@dataclass(frozen=True, slots=True)
class SetupChanged:
    """What the person said about a job is something else now."""

    job_id: str
    before: Setup
    after: Setup


class _Step:
    """One correction while it is made: notes how the shifts were that it touches."""

    def __init__(self, change: Change, job_id: str) -> None:
        self.change = change
        self.job_id = job_id
        self.before: dict[int, Row | None] = {}
        self.players: set[int] = set()
        self.parts: snapshots.Parts = {}
        """The setup before it was touched; nothing while it is as it was."""

    def watch(self, shift_id: int) -> ShiftRow:
        """Note a shift before it is touched, and return it.

        Raises:
            UserError: it is gone, or of another job.
        """
        rows = [row for row in reading.shift_rows(self.change, self.job_id) if row.id == shift_id]
        if not rows:
            raise _shift_gone()
        self.before.setdefault(shift_id, snapshots.shift_values(self.change, shift_id))
        self.players.add(rows[0].player_id)
        return rows[0]

    def made(self, shift_id: int, player_id: int) -> int:
        """Note a shift that was not there before, and return its id."""
        self.before[shift_id] = None
        self.players.add(player_id)
        return shift_id

    def reject(self, shift: ShiftRow, now: int) -> tuple[Fraction, ...]:
        """Reject a shift, with the clicks in it that say the opposite; return their times in seconds."""
        shift_rows.judge(self.change, shift.id, "rejected")
        setup = setup_rows.read(self.change, self.job_id)
        ids = [row.id for row in reading.player_rows(self.change, self.job_id)]
        place = ids.index(shift.player_id)
        player = setup.players[place]
        own = reading.shift_rows(self.change, self.job_id, shift.player_id)
        played = played_spans([one for one in own if is_kept(one)])
        spans = [(shift.start, shift.end)]
        wrong = [
            click
            for click in player.clicks_of(ClickKind.IS)
            if _holds(spans, click.time) and not _holds(played, click.time)
        ]
        if wrong:
            self.parts = snapshots.setup_parts(self.change, self.job_id)
            left = tuple(click for click in player.clicks if click not in wrong)
            players = [*setup.players]
            players[place] = replace(player, clicks=left)
            setup_rows.save(self.change, self.job_id, replace(setup, players=tuple(players)), now)
        return tuple(click.time for click in wrong)


class Corrections:
    """What the person can correct in the jobs of one store. May be used from any thread."""

    def __init__(self, database: Database, now: Callable[[], int]) -> None:
        """Work on a database; `now` gives milliseconds since 1970."""
        self._database = database
        self._now = now

    # What the person said

    def change_setup(self, job_id: str, change: Callable[[Setup], Setup], what: str) -> SetupChanged:
        """Change what the person said about a game.

        Args:
            job_id: of the job.
            change: makes the new setup of the old one; may raise UserError, and nothing happens then.
            what: key of the words that say what it is, such as `click`; see `ui.correction_words`.

        Raises:
            UserError: there is no such job, or what is said contradicts itself, the film, or a shift that the
                person made or judged.
        """
        with self._database.writing() as tables:
            before = setup_rows.read(tables, job_id)
            after = change(before)
            if after == before:
                return SetupChanged(job_id, before, after)
            if (duration := _duration(tables, job_id)) is not None:
                check_against(after, duration)
            was_true = _contradiction(tables, job_id) is None
            parts = snapshots.setup_parts(tables, job_id)
            shifts = {row["id"]: row for row in _shifts_of_removed(tables, job_id, len(after.players))}
            setup_rows.save(tables, job_id, after, self._now())
            if was_true and (error := _contradiction(tables, job_id)) is not None:
                raise error
            parts_after = snapshots.setup_parts(tables, job_id)
            self._note(
                tables,
                job_id,
                what,
                Snapshot(snapshots.differing(parts, parts_after), shifts),
                Snapshot(snapshots.differing(parts_after, parts), dict.fromkeys(shifts)),
            )
            return SetupChanged(job_id, before, setup_rows.read(tables, job_id))

    # Shifts

    def add_shift(self, player_id: int, start: Fraction, end: Fraction) -> int:
        """Add a shift that the person saw, in seconds of game time, and return its id.

        Raises:
            UserError: there is no such player, the times are no stretch of time inside the film, or another
                shift that the person made or accepted is there; nothing happens then. So for all others here.
        """
        with self._database.writing() as change:
            owner = change.row("SELECT job_id FROM player WHERE id = ?", [player_id])
            if owner is None:
                raise UserError("This player was removed; choose another one and add the shift again.")
            with self._correcting(change, owner["job_id"], named("shift-add", start)) as step:
                _check_inside(change, step.job_id, end)
                return step.made(shift_rows.add(change, player_id, start, end), player_id)

    def set_shift_times(self, shift_id: int, start: Fraction, end: Fraction) -> None:
        """Give a shift the times that the person saw; it is the person's own from then on."""
        with self._of_shift(shift_id, "shift-times") as step:
            step.watch(shift_id)
            _check_inside(step.change, step.job_id, end)
            shift_rows.set_times(step.change, shift_id, start, end)

    def take_shifts(
        self,
        job_id: str,
        added: Sequence[tuple[int, Fraction, Fraction]],
        moved: Sequence[tuple[int, Fraction, Fraction]],
    ) -> None:
        """Take shifts out of a list as the person's own, all of them or none.

        Args:
            job_id: of the job that all are of.
            added: player, start and end of each new shift.
            moved: id, start and end of each shift that gets other times.
        """
        with self._database.writing() as change, self._correcting(change, job_id, "shift-list") as step:
            for shift_id, start, end in moved:
                step.watch(shift_id)
                _check_inside(change, job_id, end)
                shift_rows.set_times(change, shift_id, start, end)
            for player_id, start, end in added:
                _check_inside(change, job_id, end)
                step.made(shift_rows.add(change, player_id, start, end), player_id)

    def judge_shift(self, shift_id: int, verdict: str) -> tuple[Fraction, ...]:
        """Note what the person says of a shift: `accepted`, `rejected`, or `proposed` to take it back.

        Clicks on the player in a shift that is rejected are taken back with it, in the same step of undo.

        Returns:
            the times of those clicks, in seconds of game time.
        """
        with self._of_shift(shift_id, f"shift-{verdict}") as step:
            shift = step.watch(shift_id)
            if verdict == "rejected":
                return step.reject(shift, self._now())
            shift_rows.judge(step.change, shift_id, verdict)
            return ()

    def remove_shift(self, shift_id: int) -> tuple[Fraction, ...]:
        """Take a shift away: one that was found is rejected, so that it stays away; one made by hand goes.

        Returns:
            the times of the clicks that were taken back with it, as for `judge_shift`.
        """
        with self._of_shift(shift_id, "shift-remove") as step:
            shift = step.watch(shift_id)
            # A shift that was found and then changed keeps its tracklets, and would be found again.
            if shift.origin == "auto" or shift.tracklet_ids:
                return step.reject(shift, self._now())
            shift_rows.remove(step.change, shift_id)
            return ()

    def split_shift(self, shift_id: int, at: Fraction) -> tuple[int, int]:
        """Make two shifts of one, and return their ids; both are the person's own, unless it was rejected."""
        with self._of_shift(shift_id, "shift-split") as step:
            shift = step.watch(shift_id)
            if not shift.start < at < shift.end:
                raise UserError("A shift is split inside; move to a moment inside it and split it again.")
            change, rejected = step.change, shift.verdict == "rejected"
            halves = [(shift.start, at), (at, shift.end)]
            first, second = (_within(change, step.job_id, shift, *half) for half in halves)
            second_id = step.made(shift_rows.add(change, shift.player_id, at, shift.end), shift.player_id)
            shift_rows.set_times(change, shift_id, shift.start, at)
            shift_rows.set_tracklets(change, shift_id, first)
            shift_rows.set_tracklets(change, second_id, second)
            shift_rows.set_reasons(change, second_id, MARK, shift.end_reason)
            if rejected:
                for number in (shift_id, second_id):
                    shift_rows.judge(change, number, "rejected")
            return shift_id, second_id

    def merge_shifts(self, first: int, second: int) -> int:
        """Make one shift of two of a player, and of what lies between them; return its id."""
        with self._of_shift(first, "shift-merge") as step:
            one, other = sorted((step.watch(first), step.watch(second)), key=lambda shift: shift.start)
            if one.id == other.id or one.player_id != other.player_id:
                raise UserError("Two shifts of one player are needed to join them; choose two.")
            end = max(one.end, other.end)
            tracklets: list[int] = []
            notes: list[str] = []
            for shift in reading.shift_rows(step.change, step.job_id, one.player_id):
                between = one.start <= shift.start < end and shift.verdict != "rejected"
                if not between and shift.id not in (one.id, other.id):
                    continue
                step.watch(shift.id)
                tracklets += shift.tracklet_ids
                notes += [shift.note] if shift.note else []
                if shift.id != one.id:
                    shift_rows.remove(step.change, shift.id)
            shift_rows.set_times(step.change, one.id, one.start, end)
            shift_rows.set_tracklets(step.change, one.id, list(dict.fromkeys(tracklets)))
            shift_rows.set_reasons(step.change, one.id, one.start_reason, other.end_reason)
            shift_rows.set_note(step.change, one.id, " ".join(notes)[:LONGEST_NOTE])
            return one.id

    def note_shift(self, shift_id: int, note: str) -> None:
        """Keep the person's own words on a shift."""
        text = " ".join(note.split())
        if len(text) > LONGEST_NOTE:
            raise UserError(f"A note has at most {LONGEST_NOTE} letters; write a shorter one.")
        with self._database.writing() as change:
            shift = _shift(change, shift_id)
            if text == shift["note"]:
                return
            shift_rows.set_note(change, shift_id, text)
            what = named("shift-note", from_flicks(shift["start"]))
            before, after = Snapshot(notes={shift_id: shift["note"]}), Snapshot(notes={shift_id: text})
            self._note(change, shift["job_id"], what, before, after)

    # Undo

    def undo(self, job_id: str) -> str | None:
        """Undo the newest correction of a job that is not undone yet.

        Returns:
            what it was, as it was named; None when there is nothing to undo.

        Raises:
            UserError: what would come back is about a player who was removed; nothing happens then.
        """
        return self._turn(job_id, is_undo=True)

    def redo(self, job_id: str) -> str | None:
        """Do again what was undone last; as `undo`."""
        return self._turn(job_id, is_undo=False)

    def next_undo(self, job_id: str) -> str | None:
        """Return what `undo` would undo, None when there is nothing."""
        return self._name_of_next(job_id, is_undo=True)

    def next_redo(self, job_id: str) -> str | None:
        """Return what `redo` would do again, None when there is nothing."""
        return self._name_of_next(job_id, is_undo=False)

    # Inside

    def _name_of_next(self, job_id: str, *, is_undo: bool) -> str | None:
        with self._database.reading() as tables:
            row = _next(tables, job_id, is_undo=is_undo, columns="what")
        return None if row is None else str(row["what"])

    def _turn(self, job_id: str, *, is_undo: bool) -> str | None:
        with self._database.writing() as change:
            row = _next(change, job_id, is_undo=is_undo)
            if row is None:
                return None
            before, after = Snapshot.from_json(row["before"]), Snapshot.from_json(row["after"])
            leaving, entering = (after, before) if is_undo else (before, after)
            snapshots.put_back(change, job_id, leaving, entering, self._now())
            change.execute("UPDATE correction SET undone = ? WHERE id = ?", [int(is_undo), row["id"]])
            self._touch(change, job_id)
            return str(row["what"])

    @contextmanager
    def _of_shift(self, shift_id: int, key: str) -> Iterator[_Step]:
        with self._database.writing() as change:
            shift = _shift(change, shift_id)
            what = named(key, from_flicks(shift["start"]))
            with self._correcting(change, shift["job_id"], what) as step:
                yield step

    @contextmanager
    def _correcting(self, change: Change, job_id: str, what: str) -> Iterator[_Step]:
        """Write down what happens to shifts inside, and refuse what cannot be true together."""
        was_true = _contradiction(change, job_id) is None
        step = _Step(change, job_id)
        yield step
        if was_true and (error := _contradiction(change, job_id)) is not None:
            raise error
        after = {number: snapshots.shift_values(change, number) for number in step.before}
        if after != step.before or step.parts:
            parts = snapshots.setup_parts(change, job_id) if step.parts else {}
            was = Snapshot(snapshots.differing(step.parts, parts), step.before)
            became = Snapshot(snapshots.differing(parts, step.parts), after)
            self._note(change, job_id, what, was, became)

    def _note(self, change: Change, job_id: str, what: str, before: Snapshot, after: Snapshot) -> None:
        change.execute("DELETE FROM correction WHERE job_id = ? AND undone", [job_id])
        values = {"job_id": job_id, "at": self._now(), "what": what}
        values |= {"before": before.as_json(), "after": after.as_json()}
        change.insert(TableName.CORRECTION, values)
        change.execute(
            "DELETE FROM correction WHERE job_id = ?1 AND id <= "
            "(SELECT id FROM correction WHERE job_id = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
            [job_id, KEPT],
        )
        self._touch(change, job_id)

    def _touch(self, change: Change, job_id: str) -> None:
        change.execute("UPDATE job SET updated_at = ? WHERE id = ?", [self._now(), job_id])
        change.touch(job_id)


def named(key: str, time: Fraction) -> str:
    """Return the name of a correction at a time: the key and the seconds of game time, `shift-times 62.5`."""
    return f"{key} {round(float(time), 3):g}"


def _next(tables: Tables, job_id: str, *, is_undo: bool, columns: str = "*") -> Row | None:
    # What was undone is always newer than what was not.
    order = "DESC" if is_undo else "ASC"
    return tables.row(
        f"SELECT {columns} FROM correction WHERE job_id = ? AND undone = ? ORDER BY id {order} LIMIT 1",
        [job_id, int(not is_undo)],
    )


def _duration(tables: Tables, job_id: str) -> Fraction | None:
    """Return the length of the game in seconds; None before all of it was ingested."""
    lengths = [source.duration for source in reading.source_rows(tables, job_id)]
    known = [length for length in lengths if length is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(lengths) else None


def _check_inside(tables: Tables, job_id: str, end: Fraction) -> None:
    duration = _duration(tables, job_id)
    if duration is not None and end > duration:
        raise UserError("A shift ends after it starts, inside the film; set its times again.")


def _shifts_of_removed(tables: Tables, job_id: str, players: int) -> list[Row]:
    """Return the rows of shifts that go with their players when so many players are left."""
    return tables.rows(
        "SELECT shift.* FROM shift JOIN player ON player.id = shift.player_id "
        "WHERE player.job_id = ? AND player.position >= ?",
        [job_id, players],
    )


def _shift(tables: Tables, shift_id: int) -> Row:
    row = tables.row(
        "SELECT shift.*, player.job_id FROM shift JOIN player ON player.id = shift.player_id "
        "WHERE shift.id = ?",
        [shift_id],
    )
    if row is None:
        raise _shift_gone()
    return row


def _shift_gone() -> UserError:
    return UserError("This shift is gone; look at the list again.")


def _within(tables: Tables, job_id: str, shift: ShiftRow, start: Fraction, end: Fraction) -> list[int]:
    """Return those tracklets of a shift that are seen between two times."""
    spans = {
        row["id"]: (from_flicks(row["start"]), from_flicks(row["end"]))
        for row in tables.rows('SELECT id, start, "end" FROM tracklet WHERE job_id = ?', [job_id])
    }
    known = [number for number in shift.tracklet_ids if number in spans]
    return [number for number in known if spans[number][0] < end and spans[number][1] > start]


def _contradiction(tables: Tables, job_id: str) -> UserError | None:
    """Return why the person's marks and decisions about shifts cannot all be true; None when they can."""
    setup = setup_rows.read(tables, job_id)
    players = reading.player_rows(tables, job_id)
    kept = [shift for shift in reading.shift_rows(tables, job_id) if is_kept(shift)]
    for row, player in zip(players, setup.players, strict=True):
        own = [shift for shift in kept if shift.player_id == row.id]
        said = Constraints(
            # Only when they were made counts here, not where.
            clicks=tuple(Mark(float(one.time), 0.0, 0.0) for one in player.clicks_of(ClickKind.IS)),
            off_ice=tuple(float(one.time) for one in player.clicks_of(ClickKind.OFF_ICE)),
            on_ice=_seconds(played_spans(own)),
            off_spans=_seconds(rejected_spans(own)),
        )
        try:
            check_spans(said)
        except UserError as error:
            return error
    return None


def _holds(spans: Iterable[tuple[Fraction, Fraction]], time: Fraction) -> bool:
    """Tell whether a mark lies in one of some stretches of time, as `check_spans` sees it."""
    return any(float(start) + TOUCH <= float(time) <= float(end) - TOUCH for start, end in spans)


def _seconds(spans: Iterable[tuple[Fraction, Fraction]]) -> tuple[tuple[float, float], ...]:
    return tuple((float(start), float(end)) for start, end in spans)
