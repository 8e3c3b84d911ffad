"""Tracklets to one player's shifts: evidence, graph, solver, shifts. Plain arrays only."""
