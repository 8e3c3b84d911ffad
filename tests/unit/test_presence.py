"""Stays are read off what all paths say together, not off the best one."""

from typing import Any, cast

import numpy as np
import pytest

from shiftclipper.identity.ages import Lattice
from shiftclipper.identity.graph import PlayerGraph
from shiftclipper.identity.model import GameView, Rules
from shiftclipper.identity.pieces import cut_pieces
from shiftclipper.identity.presence import find_stays
from shiftclipper.identity.shifts import find_shifts
from shiftclipper.identity.solver import Passage


def graph_of(ticks, spans, edges):
    """OFF nodes at `ticks` and pieces over `spans`; edges are (source, target, probability) of node names.

    Names: ("off", tick) or ("piece", number).
    """
    nodes = [(time, 1, ("off", time)) for time in ticks]
    nodes += [(start, 0, ("piece", k)) for k, (start, _) in enumerate(spans)]
    nodes.sort()
    number = {name: k for k, (_, _, name) in enumerate(nodes)}
    off = np.array([name[0] == "off" for *_, name in nodes])
    enter = np.array([time for time, *_ in nodes], dtype=np.float64)
    leave = np.array([spans[name[1]][1] if name[0] == "piece" else time for time, _, name in nodes])
    source = np.array([number[a] for a, _, _ in edges], dtype=np.int64)
    target = np.array([number[b] for _, b, _ in edges], dtype=np.int64)
    order = np.lexsort((source, target))
    zeros = np.zeros(len(nodes))
    lattice = Lattice(
        node=zeros,
        begin=zeros,
        finish=zeros,
        off=off,
        enter=enter,
        leave=leave,
        source=source[order],
        target=target[order],
        weight=np.zeros(len(edges)),
    )
    piece = np.array([name[1] if name[0] == "piece" else -1 for *_, name in nodes])
    node_of = np.array([number[("piece", k)] for k in range(len(spans))], dtype=np.int64)
    share = np.array([probability for *_, probability in edges])[order]
    return PlayerGraph(lattice, piece, node_of, ()), number, share


def passage_of(number, share, off_chance, path):
    node = np.zeros(len(number))
    for name, k in number.items():
        if name[0] == "off":
            node[k] = off_chance(name[1])
    return Passage(np.array([number[name] for name in path], np.int64), node, share, node > -1)


TICKS = [0.5 * k for k in range(41)]


def test_a_stay_reaches_from_step_to_step():
    spans = [(5.2, 9.0), (9.1, 14.3)]
    graph, number, share = graph_of(
        TICKS, spans, [(("off", 5.0), ("piece", 0), 0.9), (("piece", 1), ("off", 16.5), 0.8)]
    )
    passage = passage_of(
        number, share, lambda t: 0.1 if 5.2 <= t < 14.3 else 0.2 if 14.3 <= t < 16.5 else 0.95,
        [("piece", 0), ("piece", 1)],
    )  # fmt: skip
    (stay,) = find_stays(graph, passage, 20.0, ())
    # Between 14.3 and 16.5 the way off has been taken already: 0.2 + 0.8 of all paths are off.
    assert (stay.start, stay.end) == (pytest.approx(5.2), pytest.approx(14.3))
    assert (stay.first, stay.last, stay.pieces, stay.chance) == (0, 1, (0, 1), 0.9)


def test_most_paths_outvote_the_best_one():
    spans = [(5.2, 18.0)]
    graph, number, share = graph_of(TICKS, spans, [(("off", 5.0), ("piece", 0), 0.9)])
    passage = passage_of(
        number, share, lambda t: 0.1 if 5.0 < t < 12 else 0.7 if t >= 12 else 0.9, [("piece", 0)]
    )
    (stay,) = find_stays(graph, passage, 20.0, ())
    assert stay.start == pytest.approx(5.2)
    assert stay.end == pytest.approx(12.0)


def test_no_stay_crosses_a_mark():
    spans = [(2.0, 18.0)]
    graph, number, share = graph_of(TICKS, spans, [])
    passage = passage_of(number, share, lambda t: 0.2, [("piece", 0)])
    stays = find_stays(graph, passage, 20.0, (10.0,))
    assert [(stay.start, stay.end) for stay in stays] == [(0.0, 10.0), (10.5, 20.0)]


def test_nobody_on_the_ice_gives_no_stay():
    graph, number, share = graph_of(TICKS, [(2.0, 18.0)], [])
    assert find_stays(graph, passage_of(number, share, lambda t: 0.9, []), 20.0, ()) == []


def unseen_shifts(chance, seconds):
    """Shifts of somebody whom no tracklet shows, likely on the ice for so long."""
    ticks = [0.5 * k for k in range(201)]
    graph, number, share = graph_of(ticks, [(99.0, 99.5)], [])
    passage = passage_of(number, share, lambda t: 1 - chance if 20 <= t < 20 + seconds else 0.9, [])
    view, unasked = GameView((640, 360), 100.0), cast("Any", None)
    pieces, ids = cut_pieces([], view), np.zeros(0, np.int64)
    return find_shifts(graph, passage, pieces, unasked, unasked, ids, [], (), view, Rules())


def test_who_is_likely_on_the_ice_unseen_has_a_shift_that_is_believed_so_much():
    (shift,) = unseen_shifts(0.58, 40.0)
    assert (shift.start, shift.end) == (20.0, 60.0)
    assert shift.confidence == pytest.approx(0.58)


@pytest.mark.parametrize(("chance", "seconds"), [(0.52, 40.0), (0.9, 10.0)])
def test_little_that_says_so_gives_no_shift_of_somebody_unseen(chance, seconds):
    assert unseen_shifts(chance, seconds) == ()
