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

from shiftclipper.identity.ages import Lattice
from shiftclipper.identity.assignment import Places
from shiftclipper.identity.graph import STEP, PlayerGraph
from shiftclipper.identity.identify import Work, work_out
from shiftclipper.identity.known import KnownGame
from shiftclipper.identity.model import Check, Click, Constraints, GameView, Rules, never_stop
from shiftclipper.identity.pieces import Flags, Floats, Integers
from shiftclipper.identity.solver import Contracted, Passage, contract
from shiftclipper.tracklets import NumberReading, Tracklet

WAYS = 400
"""Ways through the game that are drawn."""
SETTLED = 90.0
"""Seconds before and after a moment within which an answer is taken to settle anything: further away, ways
differ by chance alone."""
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
_WAYS_AT_A_TIME = 50
"""Ways whose time on the ice is counted together."""
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
    check: Check = never_stop,
    work: Work | None = None,
) -> tuple[Question, ...]:
    """Return the questions whose answers are worth the most, best first; none when nothing is uncertain.

    Arguments and errors as for `solve`; the same arguments give the same questions.

    Args:
        work: what `work_out` said with the same arguments; worked out where it is not given.
    """
    if not constraints.clicks:
        return ()
    if work is None:
        work = work_out(tracklets, constraints, view, rules, readings, known, check)
    if work.graph is None or work.passage is None:
        return ()
    check()
    ways = draw_ways(work.graph, work.passage, len(work.pieces))
    check()
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
    short = contract(lattice, np.flatnonzero(passage.edge > 1e-6))
    heads = _heads(short, len(lattice.node))
    steps = _Chances(short.lattice.source, short.lattice.target, passage.edge[short.edges], len(heads))
    inflow = np.bincount(short.lattice.target, passage.edge[short.edges], len(heads))
    begins = np.maximum(passage.node[heads] - inflow, 0.0) * np.isfinite(lattice.begin[heads])
    random = np.random.default_rng(seed)
    node = random.choice(len(begins), count, p=begins / begins.sum())
    passed = np.zeros((count, len(heads)), dtype=np.bool_)
    way = np.arange(count)
    course: list[list[Places]] = [[], [], []]
    while len(way):
        following = steps.draw(node, random)
        passed[way, node] = True
        for column, values in zip(course, (way, node, following), strict=True):
            column.append(values.astype(np.int32))
        way, node = way[following >= 0], following[following >= 0]
    takes = np.zeros((count, pieces), dtype=np.bool_)
    of_pieces = np.flatnonzero((graph.piece >= 0) & (short.number >= 0))
    takes[:, graph.piece[of_pieces]] = passed[:, short.number[of_pieces]]
    ticks = int(lattice.enter[lattice.off].max() / STEP) + 1
    ways, passes, goes_on = (np.concatenate(column) for column in course)
    course.clear()
    on = np.zeros((count, ticks), dtype=np.bool_)
    for low in range(0, count, _WAYS_AT_A_TIME):
        some = slice(low, low + _WAYS_AT_A_TIME)
        of = np.flatnonzero((ways >= some.start) & (ways < some.stop))
        on[some] = _on_ice(short.lattice, ways[of].astype(np.int64) - low, passes[of], goes_on[of], ticks)
    return Ways(on, takes)


def _on_ice(lattice: Lattice, way: Integers, node: Places, following: Places, ticks: int) -> Flags:
    """Return whether some ways, from 0 on, are on the ice at each tick (ways, ticks).

    Args:
        way, node, following: (k,) a way that passes a node and which it goes on to; -1 for none.
        ticks: of the game.
    """
    count = int(way.max(initial=-1)) + 1
    on = ~lattice.off[node]
    way, node, following = way[on], node[on], following[on]
    goes_on = (following >= 0) & ~lattice.off[following]
    until = np.where(goes_on, lattice.enter[following], lattice.leave[node])
    first = np.ceil(lattice.enter[node] / STEP - 1e-9).astype(np.int64)
    last = np.floor(until / STEP).astype(np.int64)
    border = np.bincount(way * (ticks + 1) + np.minimum(first, ticks), minlength=count * (ticks + 1))
    border -= np.bincount(way * (ticks + 1) + np.clip(last + 1, first, ticks), minlength=count * (ticks + 1))
    return np.asarray(np.cumsum(border.reshape(count, ticks + 1)[:, :-1], axis=1) > 0)


def _heads(short: Contracted, n: int) -> Integers:
    """Return the first of the nodes (n in all) that went into each node of a contracted lattice."""
    heads = np.full(len(short.tail), n, dtype=np.int64)
    used = np.flatnonzero(short.number >= 0)
    np.minimum.at(heads, short.number[used], used)
    return heads


class _Chances:
    """Where ways go on from each node."""

    def __init__(self, source: Integers, target: Integers, chance: Floats, n: int) -> None:
        """Take edges between n nodes with their probabilities."""
        order = np.argsort(source, kind="stable")
        self._target = target[order]
        self._heads = np.searchsorted(source[order], np.arange(n + 1))
        self._total = np.concatenate([[0.0], np.cumsum(chance[order])])

    def draw(self, node: Integers, random: np.random.Generator) -> Integers:
        """Return the nodes that follow, drawn by lot; -1 where nothing does."""
        low, high = self._heads[node], self._heads[node + 1]
        before, all_of_it = self._total[low], self._total[high]
        drawn = before + random.random(len(node)) * (all_of_it - before)
        edge = np.clip(np.searchsorted(self._total[1:], drawn, side="right"), low, np.maximum(high - 1, low))
        follows = all_of_it > before
        result = np.full(len(node), -1, dtype=np.int64)
        result[follows] = self._target[edge[follows]]
        return result


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
    questions = []
    for piece in longest.tolist():
        time = float(start[piece] + end[piece]) / 2
        there = np.flatnonzero((start <= time) & (end >= time) & (share > LEAST_CHOICE) & (work.ids >= 0))
        offered = there[np.argsort(-share[there], kind="stable")][:CHOICES]
        says = _says(ways, time, offered)
        low, high = (max(int((time + way * SETTLED) / STEP), 0) for way in (-1, 1))
        on = ways.on[:, low : high + 1]
        gain = _risk(on, np.zeros(len(on), dtype=np.int64)) - _risk(on, says)
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


def _risk(on: NDArray[np.bool_], says: Integers) -> float:
    """Return how many ticks of how many ways are wrong when each tick goes by the majority.

    Args:
        on: (ways, ticks) whether he is on the ice.
        says: (ways,) what each way says; the majority is that of the ways which say the same.
    """
    order = np.argsort(says, kind="stable")
    heads = np.flatnonzero(np.diff(says[order], prepend=says.min() - 1))
    some = np.add.reduceat(on[order], heads, axis=0, dtype=np.int32)
    of = np.diff(heads, append=len(says))[:, None]
    return float(np.minimum(some, of - some).sum())


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
