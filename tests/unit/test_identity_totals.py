"""Sums over ways through a graph, against going every one of them, and beyond what a number holds."""

import numpy as np
import pytest

from shiftclipper.identity.totals import best_way, chances, log_totals

N = 10


def random_graph(seed):
    """Make (begin, finish, source, target, weight), where two nodes may be joined by several edges."""
    random = np.random.default_rng(seed)
    pairs = [(a, b) for b in range(N) for a in range(b) for _ in range(random.integers(0, 3)) if b - a < 4]
    source, target = np.array(pairs).T
    begin, finish = np.full(N, -np.inf), np.full(N, -np.inf)
    begin[:3], finish[-3:] = random.normal(size=3), random.normal(size=3)
    weight = random.normal(scale=3.0, size=len(pairs))
    weight[random.random(len(pairs)) < 0.1] = -np.inf
    return begin, finish, source, target, weight


def every_way(begin, finish, source, target, weight):
    """Yield (nodes, edges, weight) of all ways."""
    ways = [([node], [], begin[node]) for node in range(N) if begin[node] > -np.inf]
    while ways:
        nodes, edges, so_far = ways.pop()
        yield nodes, edges, so_far, so_far + finish[nodes[-1]]
        ways += [
            ([*nodes, int(target[edge])], [*edges, int(edge)], so_far + weight[edge])
            for edge in np.flatnonzero((source == nodes[-1]) & (weight > -np.inf))
        ]


@pytest.mark.parametrize("seed", range(8))
def test_sums_chances_and_the_best_way_are_those_of_all_ways(seed):
    begin, finish, source, target, weight = random_graph(seed)
    leading, node, edge, best, best_nodes = np.zeros(N), np.zeros(N), np.zeros(len(source)), -np.inf, []
    for nodes, edges, so_far, whole in every_way(begin, finish, source, target, weight):
        leading[nodes[-1]] += np.exp(so_far)
        node[nodes] += np.exp(whole)
        edge[edges] += np.exp(whole)
        if whole > best:
            best, best_nodes = whole, nodes
    total = (leading * np.exp(finish)).sum()
    forward = log_totals(begin, source, target, weight)
    passed, taken = chances(forward, finish, source, target, weight)
    np.testing.assert_allclose(np.exp(forward), leading, rtol=1e-9)
    np.testing.assert_allclose(passed, node / total, atol=1e-12)
    np.testing.assert_allclose(taken, edge / total, atol=1e-12)
    assert best_way(begin, finish, source, target, weight).tolist() == best_nodes


@pytest.mark.parametrize("step", [-6.0, 0.0, 6.0])
def test_a_long_graph_has_exact_sums_however_much_its_steps_weigh(step):
    n = 5000
    source = np.repeat(np.arange(n - 1), 2)  # Two edges from each node to the next.
    begin, finish = np.full(n, -np.inf), np.full(n, -np.inf)
    begin[0] = finish[-1] = 0.0
    weight = np.full(len(source), step)
    forward = log_totals(begin, source, source + 1, weight)
    passed, taken = chances(forward, finish, source, source + 1, weight)
    np.testing.assert_allclose(forward, np.arange(n) * (step + np.log(2.0)), rtol=1e-9)
    np.testing.assert_allclose(passed, 1.0, rtol=1e-6)
    np.testing.assert_allclose(taken, 0.5, rtol=1e-6)


@pytest.mark.parametrize("between", [0, 69])
def test_the_only_way_is_not_lost_at_dear_steps(between):
    weight = np.array(([-250.0] + [0.0] * between) * 4)
    n = len(weight) + 1
    begin, finish = np.full(n, -np.inf), np.full(n, -np.inf)
    begin[0] = finish[-1] = 0.0
    source = np.arange(n - 1)
    forward = log_totals(begin, source, source + 1, weight)
    passed, _ = chances(forward, finish, source, source + 1, weight)
    assert forward[-1] == pytest.approx(-1000.0)
    np.testing.assert_allclose(passed, 1.0)


def test_where_no_way_leads_nothing_is_reached():
    begin, finish = np.array([0.0, -np.inf, -np.inf]), np.array([-np.inf, -np.inf, 0.0])
    source, target, weight = np.array([0, 1]), np.array([1, 2]), np.array([0.0, -np.inf])
    assert log_totals(begin, source, target, weight).tolist() == [0.0, 0.0, -np.inf]
    assert len(best_way(begin, finish, source, target, weight)) == 0
