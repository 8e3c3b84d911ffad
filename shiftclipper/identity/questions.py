"""The few moments at which an answer would settle the most time on ice: "which of these is Sam?".

Some hundred ways in which the player may have spent the game are drawn at random, each as often as it is
likely. A moment divides them by what they say then: he is this one, or that one, or off the ice. Once the
answer is known, only the ways that agree with it are left; the seconds that would then be expected to be
wrong, against those expected now, are what the answer is worth. So missing shifts are asked about as much as
doubtful ones, and a moment at which two team-mates part before a long shift more than one before a short.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shiftclipper.identity.graph import STEP, PlayerGraph
from shiftclipper.identity.identify import Work, work_out
from shiftclipper.identity.known import KnownGame
from shiftclipper.identity.model import Click, Constraints, GameView, Rules
from shiftclipper.identity.pieces import Floats, Integers
from shiftclipper.identity.solver import Passage
from shiftclipper.tracklets import NumberReading, Tracklet

WAYS = 160
"""Ways through the game that are drawn."""
MOMENTS = 240
"""Moments that are weighed at most: the longest pieces that are uncertain."""
UNCERTAIN = (0.02, 0.98)
"""Probabilities of a piece between which it is worth asking about."""
CHOICES = 5
"""People that are offered at most, besides "none of these"."""
LEAST_CHOICE = 0.01
"""Probability below which somebody is not offered."""
LEAST_GAIN = 1.0
"""Seconds of time on ice that an answer must be expected to settle."""
APART = 20.0
"""Seconds between two questions that are asked together."""
OFF, ELSEWHERE = -1, -2
"""What a way says of a moment at which the player is not in the picture: off the ice, or on it unseen."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who may be the player at the moment of a question."""

    tracklet: int
    """Its id."""
    x: float
    """Middle of the box at that moment, in pixels of the displayed picture and inside it."""
    y: float
    box: tuple[float, float, float, float]
    """x1 y1 x2 y2 likewise."""
    probability: float


@dataclass(frozen=True, slots=True)
class Question:
    """Which of these is the player at this moment?"""

    time: float
    """Seconds of game time."""
    choices: tuple[Choice, ...]
    """The likeliest first."""
    off: float
    """Probability that he is off the ice then."""
    gain: float
    """Seconds of time on ice, wrong now, that the answer is expected to put right."""

    def answered(self, constraints: Constraints, choice: int | None, *, off_ice: bool = False) -> Constraints:
        """Return the constraints with an answer added.

        Args:
            constraints: as they were.
            choice: number of the choice that is the player; None when none of them is.
            off_ice: that he is off the ice, which is also "none of these".
        """
        if choice is not None:
            one = self.choices[choice]
            mark = Click(self.time, one.x, one.y)
            return _with(constraints, clicks=(mark,))
        if off_ice:
            return _with(constraints, off_ice=(self.time,))
        return _with(constraints, nots=tuple(Click(self.time, one.x, one.y) for one in self.choices))


def _with(
    constraints: Constraints,
    clicks: tuple[Click, ...] = (),
    nots: tuple[Click, ...] = (),
    off_ice: tuple[float, ...] = (),
) -> Constraints:
    return Constraints(
        clicks=constraints.clicks + clicks,
        nots=constraints.nots + nots,
        off_ice=constraints.off_ice + off_ice,
    )


def find_questions(
    tracklets: Sequence[Tracklet],
    constraints: Constraints,
    view: GameView,
    rules: Rules,
    readings: Sequence[NumberReading] = (),
    count: int = 5,
    known: KnownGame | None = None,
) -> tuple[Question, ...]:
    """Return the questions whose answers are worth the most, best first; none when nothing is uncertain.

    Arguments and errors as for `solve`; the same arguments give the same questions.
    """
    if not constraints.clicks:
        return ()
    work = work_out(tracklets, constraints, view, rules, readings, known)
    if work.graph is None or work.passage is None:
        return ()
    ways = draw_ways(work.graph, work.passage, len(work.pieces))
    return _chosen(work, ways, {one.id: one for one in tracklets}, view.size, count)


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """Some ways in which the player may have spent the game."""

    on: NDArray[np.bool_]
    """(ways, ticks) whether he is on the ice, every STEP seconds."""
    takes: NDArray[np.bool_]
    """(ways, pieces) whether he is a piece."""


def draw_ways(graph: PlayerGraph, passage: Passage, pieces: int, count: int = WAYS, seed: int = 1) -> Ways:
    """Draw ways through the graph, each node and edge as often as it is probable.

    From each node the next one is drawn by the probabilities of the edges: what came before it is forgotten.
    """
    lattice = graph.lattice
    random = np.random.default_rng(seed)
    likely = np.flatnonzero(passage.edge > 1e-6)
    order = likely[np.argsort(lattice.source[likely], kind="stable")]
    heads = np.searchsorted(lattice.source[order], np.arange(len(lattice.node) + 1))
    target = lattice.target[order]
    total = np.cumsum(passage.edge[order])
    inflow = np.bincount(lattice.target[likely], passage.edge[likely], len(lattice.node))
    begins = np.maximum(passage.node - inflow, 0.0) * np.isfinite(lattice.begin)
    starts = random.choice(len(begins), count, p=begins / begins.sum())
    last_tick = int(graph.lattice.enter[lattice.off].max() / STEP)
    on = np.zeros((count, last_tick + 1), dtype=np.bool_)
    takes = np.zeros((count, pieces), dtype=np.bool_)
    for way, start in enumerate(starts.tolist()):
        node = start
        while True:
            low, high = int(heads[node]), int(heads[node + 1])
            before = total[low - 1] if low else 0.0
            following = None
            if high > low and total[high - 1] > before:
                drawn = before + random.random() * (total[high - 1] - before)
                following = int(target[min(low + int(np.searchsorted(total[low:high], drawn)), high - 1)])
            if not lattice.off[node]:
                until = lattice.leave[node]
                if following is not None and not lattice.off[following]:
                    until = lattice.enter[following]
                first = int(np.ceil(lattice.enter[node] / STEP - 1e-9))
                on[way, first : int(np.floor(until / STEP)) + 1] = True
                if graph.piece[node] >= 0:
                    takes[way, graph.piece[node]] = True
            if following is None:
                break
            node = following
    return Ways(on, takes)


def _chosen(
    work: Work, ways: Ways, by_id: dict[int, Tracklet], size: tuple[int, int], count: int
) -> tuple[Question, ...]:
    """Weigh moments and take the best that are not too near each other."""
    pieces = work.pieces
    share = ways.takes.mean(axis=0)
    start, end = pieces.first.time, pieces.last.time
    worth_asking = np.flatnonzero(
        (share > UNCERTAIN[0]) & (share < UNCERTAIN[1]) & (work.ids >= 0) & pieces.ice & (end > start)
    )
    longest = worth_asking[np.argsort(start[worth_asking] - end[worth_asking], kind="stable")][:MOMENTS]
    now = _risk(ways.on)
    questions = []
    for piece in longest.tolist():
        time = float(start[piece] + end[piece]) / 2
        there = np.flatnonzero((start <= time) & (end >= time) & (share > LEAST_CHOICE) & (work.ids >= 0))
        offered = there[np.argsort(-share[there], kind="stable")][:CHOICES]
        says = _says(ways, time, offered)
        gain = now - sum(_risk(ways.on[says == one]) for one in np.unique(says).tolist())
        seconds = gain * STEP / len(ways.on)
        if seconds >= LEAST_GAIN:
            questions.append(
                _question(work, by_id, size, time, offered, share, float((says == OFF).mean()), seconds)
            )
    questions.sort(key=lambda one: (-one.gain, one.time))
    kept: list[Question] = []
    for one in questions:
        if len(kept) < count and all(abs(one.time - other.time) >= APART for other in kept):
            kept.append(one)
    return tuple(kept)


def _risk(on: NDArray[np.bool_]) -> float:
    """Return how many ticks of how many ways are wrong when each tick goes by the majority."""
    some = on.sum(axis=0)
    return float(np.minimum(some, len(on) - some).sum())


def _says(ways: Ways, time: float, offered: Integers) -> Integers:
    """Return what each way says of a moment: the number of the one offered, OFF or ELSEWHERE."""
    tick = min(round(time / STEP), ways.on.shape[1] - 1)
    says = np.where(ways.on[:, tick], ELSEWHERE, OFF)
    for number, piece in enumerate(offered.tolist()):
        says[ways.takes[:, piece]] = number
    return np.asarray(says, dtype=np.int64)


def _question(
    work: Work,
    by_id: dict[int, Tracklet],
    size: tuple[int, int],
    time: float,
    offered: Integers,
    share: Floats,
    off: float,
    gain: float,
) -> Question:
    choices = []
    for piece in offered.tolist():
        one = by_id[int(work.ids[piece])]
        box = [float(np.interp(time, one.times, one.boxes[:, side])) for side in range(4)]
        # Boxes may reach over the picture's edge; the mark must not.
        middle = tuple(min(max((box[k] + box[k + 2]) / 2, 0.0), float(size[k])) for k in (0, 1))
        whole = (box[0], box[1], box[2], box[3])
        choices.append(Choice(one.id, middle[0], middle[1], whole, float(share[piece])))
    return Question(time, tuple(choices), off, gain)
