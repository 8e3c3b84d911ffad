"""The solver against counting every path of small lattices one by one."""

import numpy as np
import pytest

from shiftclipper.identity.ages import SLOT, SLOTS, Lattice, shift_lengths
from shiftclipper.identity.solver import solve_lattice

LENGTHS = shift_lengths(mean=30.0, spread=15.0)


def random_lattice(seed: int) -> Lattice:
    """Make a lattice of twelve nodes that last up to a minute each, with long and short edges."""
    random = np.random.default_rng(seed)
    n = 12
    enter = np.sort(random.uniform(0.0, 260.0, n))
    leave = enter + random.uniform(0.0, 60.0, n) * (random.random(n) < 0.5)
    pairs = [(a, b) for b in range(n) for a in range(b) if leave[a] <= enter[b] and random.random() < 0.6]
    source, target = np.array(pairs).T
    begin, finish = np.full(n, -np.inf), np.full(n, -np.inf)
    begin[:4], finish[-4:] = random.normal(size=4), random.normal(size=4)
    node = random.normal(size=n)
    node[random.integers(4, 8)] = -np.inf
    return Lattice(
        node=node,
        begin=begin,
        finish=finish,
        off=random.random(n) < 0.4,
        enter=enter,
        leave=leave,
        source=source,
        target=target,
        weight=random.normal(size=len(pairs)),
    )


def every_path(lattice: Lattice):
    """Yield (nodes, edges, weight) of all paths, weighing ages the plain way."""
    edges_from = {}
    for edge, (a, b) in enumerate(zip(lattice.source, lattice.target, strict=True)):
        edges_from.setdefault(int(a), []).append((edge, int(b)))

    def slot(time):
        return int(time // SLOT)

    def aged(table, since, time):
        age = slot(time) - since
        return table[min(age, SLOTS)] - LENGTHS.waning * max(age - SLOTS, 0)

    def walk(nodes, edges, weight, since):
        here = nodes[-1]
        if lattice.finish[here] > -np.inf:
            last = 0.0
            if not lattice.off[here]:
                last = aged(LENGTHS.running, since, lattice.leave[here])
            yield nodes, edges, weight + last + lattice.finish[here]
        for edge, after in edges_from.get(here, []):
            step = lattice.weight[edge] + lattice.node[after]
            begun = since
            if lattice.off[after] and not lattice.off[here]:
                step += aged(LENGTHS.ended, since, lattice.leave[here])
            if lattice.off[here] and not lattice.off[after]:
                begun = slot(lattice.enter[after])
            if weight + step > -np.inf:
                yield from walk([*nodes, after], [*edges, edge], weight + step, begun)

    for first in np.flatnonzero(lattice.begin > -np.inf).tolist():
        weight = lattice.begin[first] + lattice.node[first]
        if lattice.off[first]:
            yield from walk([first], [], weight, 0)
        else:
            for age in range(SLOTS + 1):
                since = slot(lattice.enter[first]) - age
                yield from walk([first], [], weight + LENGTHS.begun[age], since)


@pytest.mark.parametrize("seed", range(12))
def test_probabilities_and_best_path_equal_those_of_all_paths_counted(seed):
    lattice = random_lattice(seed)
    node, edge, total = np.zeros(len(lattice.node)), np.zeros(len(lattice.source)), 0.0
    best, best_path = -np.inf, []
    for nodes, edges, weight in every_path(lattice):
        share = np.exp(weight)
        node[nodes] += share
        edge[edges] += share
        total += share
        if weight > best:
            best, best_path = weight, nodes
    passage = solve_lattice(lattice, LENGTHS, hopeless=0.0)
    np.testing.assert_allclose(passage.node, node / total, atol=1e-6)
    np.testing.assert_allclose(passage.edge, edge / total, atol=1e-6)
    assert passage.path.tolist() == best_path


def test_a_lattice_without_any_way_through_has_no_path():
    lattice = random_lattice(1)
    lattice.finish[:] = -np.inf
    passage = solve_lattice(lattice, LENGTHS, hopeless=0.0)
    assert len(passage.path) == 0
    assert passage.reached.any()


@pytest.mark.parametrize("between", [40, 400])
def test_a_game_of_three_hours_does_not_run_out_of_digits(between):
    n = 2000
    enter = np.arange(n) * 5.4
    steps = np.arange(n - 1)
    off = np.arange(n) % between == 0
    begin, finish = np.full(n, -np.inf), np.full(n, -np.inf)
    begin[0] = finish[-1] = 0.0
    lattice = Lattice(
        node=np.full(n, -3.0),
        begin=begin,
        finish=finish,
        off=off,
        enter=enter,
        leave=enter + 5.0,
        source=steps,
        target=steps + 1,
        weight=np.full(n - 1, -2.0),
    )
    passage = solve_lattice(lattice, LENGTHS, hopeless=0.0)
    np.testing.assert_allclose(passage.node, 1.0)
    assert passage.path.tolist() == list(range(n))
