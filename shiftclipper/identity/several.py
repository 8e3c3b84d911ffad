"""Several players of one game: what surely is one of them cannot be another.

Solving each alone lets two players take the same tracklets where nothing tells them apart. So the one of whom
most is known is solved first; what he surely used is "not him" for those who follow.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from shiftclipper.identity.identify import Work, read_off, solve, work_out
from shiftclipper.identity.known import KnownGame, know
from shiftclipper.identity.model import (
    Check,
    Click,
    Constraints,
    ContradictoryConstraints,
    FoundShift,
    GameView,
    Rules,
    Solution,
    never_stop,
)
from shiftclipper.identity.shifts import UNIDENTIFIED_LIMIT
from shiftclipper.tracklets import NumberReading, Tracklet

SURE = 0.97
"""Probability from which a tracklet on a player's path is nobody else's."""
CONTESTED = 0.5
"""Probability for a later player from which he is told so; below, it only shuts ways that lead elsewhere."""
_ROUNDS = 3
"""Searches for one player at most: without what is contested he may turn to something else that is taken."""
_LEGIBLE = 0.5
"""Probability from which a reading counts as evidence of who is who."""
_REACH = (0.15, 0.1)
"""Seconds beyond a tracklet's ends, and share of a box beyond its sides, where a click may mean it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One player whose shifts are wanted."""

    constraints: Constraints
    rules: Rules


def solve_several(
    tracklets: Sequence[Tracklet],
    wanted: Sequence[Wanted],
    view: GameView,
    readings: Sequence[NumberReading] = (),
    on_player: Callable[[int, int], None] = lambda done, number: None,
    known: KnownGame | None = None,
    check: Check = never_stop,
    worked: Mapping[int, Work] = MappingProxyType({}),
    on_work: Callable[[int, Work], None] = lambda number, work: None,
) -> list[Solution]:
    """Find the shifts of several players of one game.

    Args:
        tracklets: of everybody in the game.
        wanted: the players; clicks on one are taken as `nots` of all others.
        readings: numbers read on everybody's backs.
        on_player: called with how many are solved and the number in `wanted` of the one who comes next.
        known: what `know` said of the same game; worked out where it is not given.
        check: called now and then; what it raises stops the search.
        worked: what `work_out` said of some, by their numbers in `wanted`, with what `apart` returns.
        on_work: called with the number in `wanted` of each player with clicks, and the same of him.

    Returns:
        a solution for each of `wanted`, in that order.

    Raises:
        ContradictoryConstraints: two marks cannot both be true.
        UserError: a mark lies outside the film or the picture.
    """
    if known is None and any(one.constraints.clicks for one in wanted):
        # Rules differ between players only in what is not looked at here.
        known = know(tracklets, view, wanted[0].rules, readings, check=check)
    by_id = {one.id: one for one in tracklets}
    solutions = [Solution()] * len(wanted)
    taken: set[int] = set()
    for done, number in enumerate(solving_order(wanted, readings)):
        on_player(done, number)
        player = replace(wanted[number], constraints=apart(wanted, number))
        said = player.constraints
        if said.clicks:
            work = worked.get(number)
            if work is None:
                work = work_out(tracklets, said, view, player.rules, readings, known, check)
            on_work(number, work)
            solution = read_off(work, said, view, player.rules)
            solution = _solve_without(taken, solution, tracklets, by_id, player, view, readings, known, check)
        else:
            solution = solve(tracklets, said, view, player.rules, readings, known, check)
        solutions[number] = solution
        taken |= surely_used(solution, said)
    return solutions


def solving_order(wanted: Sequence[Wanted], readings: Sequence[NumberReading]) -> list[int]:
    """Return the players' numbers in `wanted`, those of whom most is known first.

    Clicks, shifts set or accepted by hand, and tracklets on which the player's number was clearly read count
    alike.
    """
    seen: dict[int, set[int]] = {}
    for one in readings:
        if one.probability >= _LEGIBLE:
            seen.setdefault(int(one.number), set()).add(one.tracklet)

    def known(number: int) -> int:
        said, rules = wanted[number].constraints, wanted[number].rules
        read = seen.get(int(rules.number), set()) if rules.number else set()
        return len(said.clicks) + len(said.on_ice) + len(read)

    # Without a click nobody is looked for, whatever was read.
    return sorted(range(len(wanted)), key=lambda k: (not wanted[k].constraints.clicks, -known(k), k))


def surely_used(solution: Solution, constraints: Constraints) -> set[int]:
    """Return the tracklets that surely are of a solved player.

    Marginals are honest only where something besides motion says who it is: in shifts with a click, a number
    or the person's own word.
    """
    result: set[int] = set()
    for shift in solution.shifts:
        if _is_identified(shift, constraints):
            result |= {k for k in shift.tracklet_ids if solution.marginals.get(k, 0.0) >= SURE}
    return result & set(solution.path)


def _is_identified(shift: FoundShift, constraints: Constraints) -> bool:
    if shift.confidence > UNIDENTIFIED_LIMIT:
        return True
    if any(shift.start <= click.time <= shift.end for click in constraints.clicks):
        return True
    shared = sum(max(min(shift.end, b) - max(shift.start, a), 0.0) for a, b in constraints.on_ice)
    return shared > (shift.end - shift.start) / 2


def apart(wanted: Sequence[Wanted], number: int) -> Constraints:
    """Return what is known of a player, with the clicks on the others added to what is not him."""
    own = wanted[number].constraints
    others = [click for k, one in enumerate(wanted) if k != number for click in one.constraints.clicks]
    return replace(own, nots=(*own.nots, *others))


def _solve_without(
    taken: set[int],
    solution: Solution,
    tracklets: Sequence[Tracklet],
    by_id: Mapping[int, Tracklet],
    player: Wanted,
    view: GameView,
    readings: Sequence[NumberReading],
    known: KnownGame | None,
    check: Check,
) -> Solution:
    """Solve a player who does not use what is taken, except where his own clicks say so.

    Args:
        solution: without regard to what is taken.
    """
    said = player.constraints
    denied: set[int] = set()
    for _ in range(_ROUNDS - 1):
        # Only what he might use otherwise: a mark costs time, and thousands of tracklets are taken.
        contested = {k for k, chance in solution.marginals.items() if chance >= CONTESTED and k in taken}
        contested -= denied | {k for k in contested if _is_clicked(by_id[k], said.clicks)}
        if not contested:
            return solution
        denied |= contested
        nots = said.nots + tuple(_mark(by_id[k], view) for k in sorted(denied))
        try:
            marks = replace(said, nots=nots)
            solution = solve(tracklets, marks, view, player.rules, readings, known, check)
        except ContradictoryConstraints:
            # Without them nothing leads from click to click: the marks of the person outweigh.
            return solution
    return solution


def _mark(tracklet: Tracklet, view: GameView) -> Click:
    """Return a click that means this tracklet and no other: the very middle of one of its boxes."""
    inside = np.flatnonzero(
        (tracklet.boxes[:, 0] + tracklet.boxes[:, 2] <= 2 * view.size[0])
        & (tracklet.boxes[:, 1] + tracklet.boxes[:, 3] <= 2 * view.size[1])
        & (tracklet.boxes[:, 0] + tracklet.boxes[:, 2] >= 0)
        & (tracklet.boxes[:, 1] + tracklet.boxes[:, 3] >= 0)
    )
    best = int(inside[len(inside) // 2]) if len(inside) else len(tracklet.times) // 2
    x1, y1, x2, y2 = (float(side) for side in tracklet.boxes[best])
    x, y = np.clip([(x1 + x2) / 2, (y1 + y2) / 2], 0, view.size)
    return Click(float(tracklet.times[best]), float(x), float(y))


def _is_clicked(tracklet: Tracklet, clicks: Sequence[Click]) -> bool:
    """Tell whether one of the clicks may mean this tracklet."""
    late, beyond = _REACH
    for click in clicks:
        if not tracklet.start - late <= click.time <= tracklet.end + late:
            continue
        x1, y1, x2, y2 = (np.interp(click.time, tracklet.times, side) for side in tracklet.boxes.T)
        across, down = beyond * (x2 - x1), beyond * (y2 - y1)
        if x1 - across <= click.x <= x2 + across and y1 - down <= click.y <= y2 + down:
            return True
    return False
