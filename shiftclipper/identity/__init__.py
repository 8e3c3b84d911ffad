"""Tracklets to one player's shifts: evidence, graph, solver, shifts. Plain arrays only."""

from shiftclipper.identity.identify import solve
from shiftclipper.identity.model import (
    Camera,
    Click,
    Conflict,
    Constraints,
    ContradictoryConstraints,
    EvidenceTerm,
    FoundShift,
    GameView,
    Reason,
    Rules,
    Solution,
)

__all__ = [
    "Camera",
    "Click",
    "Conflict",
    "Constraints",
    "ContradictoryConstraints",
    "EvidenceTerm",
    "FoundShift",
    "GameView",
    "Reason",
    "Rules",
    "Solution",
    "solve",
]
