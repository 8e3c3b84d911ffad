"""What others on the ice say of a player's being there."""

import numpy as np
import pytest

from shiftclipper.identity.companions import companions_evidence
from shiftclipper.identity.graph import STEP
from shiftclipper.identity.model import GameView
from shiftclipper.identity.numbers import number_evidence
from shiftclipper.identity.pieces import cut_pieces
from shiftclipper.tracklets import NumberReading
from tests.made_tracklets import made_tracklet

LENGTH = 900.0
SURE = tuple(np.arange(20.0, 700.0, 120.0))
"""Middles of the player's shifts that are known; each begins 20 s before."""
OWN, MATE, OTHER = 17, 44, 61


def said(mate: list[float], other: list[float], fits: float = 0.0) -> np.ndarray:
    """Return the evidence of a game in which two are read at the middles of these shifts."""
    times = [(time, MATE) for time in mate] + [(time, OTHER) for time in other]
    people = [
        made_tracklet(k, time - 3, time + 3, lambda _: (400.0, 300.0)) for k, (time, _) in enumerate(times)
    ]
    readings = [NumberReading(k, time, str(number), 0.95) for k, (time, number) in enumerate(times)]
    pieces = cut_pieces(people, GameView((1280, 720), LENGTH))
    numbers = number_evidence(pieces, np.arange(len(people))[pieces.tracklet], readings)
    looks = np.where(np.isin(pieces.tracklet, range(len(mate))), fits, 0.0)
    return companions_evidence(
        pieces, numbers, numbers.belief(str(OWN), np.zeros(0, int)), looks, SURE, LENGTH
    )


def around(evidence: np.ndarray, time: float) -> float:
    """Return what is said of ten seconds before and after a moment."""
    return float(evidence[int((time - 10) / STEP) : int((time + 10) / STEP)].sum())


def test_one_of_his_line_makes_it_likely_that_he_is_there_too():
    evidence = said(mate=[*SURE, 800.0], other=[time + 60 for time in SURE])
    assert around(evidence, 800.0) > 0.7


def test_who_is_never_there_with_him_tells_against_it():
    evidence = said(mate=list(SURE), other=[*(time + 60 for time in SURE), 800.0])
    assert around(evidence, 800.0) < -0.2


def test_where_nobody_is_read_nothing_is_said():
    evidence = said(mate=list(SURE), other=[time + 60 for time in SURE])
    assert around(evidence, 850.0) == 0.0
    assert not said(mate=[], other=[]).any()


def test_somebody_of_the_other_team_says_next_to_nothing():
    own = around(said(mate=[*SURE, 800.0], other=[]), 800.0)
    theirs = around(said(mate=[*SURE, 800.0], other=[], fits=-4.0), 800.0)
    assert abs(theirs) < 0.1 * own


def test_somebody_met_once_says_less_than_one_who_is_always_there():
    always = around(said(mate=[*SURE, 800.0], other=[time + 60 for time in SURE]), 800.0)
    once = around(said(mate=[SURE[0], 800.0], other=[time + 60 for time in SURE]), 800.0)
    assert once < 0.6 * always


def test_his_own_number_is_no_companion():
    people = [made_tracklet(k, time - 3, time + 3, lambda _: (400.0, 300.0)) for k, time in enumerate(SURE)]
    readings = [NumberReading(k, time, str(OWN), 0.95) for k, time in enumerate(SURE)]
    pieces = cut_pieces(people, GameView((1280, 720), LENGTH))
    numbers = number_evidence(pieces, np.arange(len(people))[pieces.tracklet], readings)
    belief = numbers.belief(str(OWN), np.zeros(0, int))
    evidence = companions_evidence(pieces, numbers, belief, np.zeros(len(pieces)), (), LENGTH)
    assert evidence == pytest.approx(0.0, abs=1e-3)
