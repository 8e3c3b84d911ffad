"""Tracklets to one player's shifts: evidence, graph, solver, shifts. Plain arrays only."""

from shiftclipper.identity.ages import usual_shift
from shiftclipper.identity.identify import solve
from shiftclipper.identity.known import KnownGame, know
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
from shiftclipper.identity.questions import Choice, Question, find_questions

__all__ = [
    "Camera",
    "Choice",
    "Click",
    "Conflict",
    "Constraints",
    "ContradictoryConstraints",
    "EvidenceTerm",
    "FoundShift",
    "GameView",
    "KnownGame",
    "Question",
    "Reason",
    "Rules",
    "Solution",
    "find_questions",
    "know",
    "solve",
    "usual_shift",
]
