"""Scoring found shifts against the truth."""

import pytest

from shiftclipper.identity.score import overlap, pool, score_shifts


def test_a_perfect_answer_scores_one_everywhere():
    truth = [(10.0, 50.0), (120.0, 160.0)]
    score = score_shifts(truth, truth)
    assert (score.f1_50, score.f1_75, score.precision_50, score.recall_50) == (1.0, 1.0, 1.0, 1.0)
    assert score.toi_error == 0.0
    assert score.wrong_seconds == 0.0
    assert score.missing_seconds == 0.0


def test_overlap_is_the_shared_part_of_both_together():
    assert overlap((0.0, 10.0), (5.0, 15.0)) == pytest.approx(5 / 15)
    assert overlap((0.0, 10.0), (10.0, 20.0)) == 0.0


def test_one_found_shift_answers_for_one_true_shift_only():
    score = score_shifts([(0.0, 40.0), (41.0, 80.0)], [(0.0, 80.0)])
    assert (score.matched_50, score.found, score.truth) == (1, 1, 2)
    assert score.f1_50 == pytest.approx(2 / 3)


def test_matching_pairs_as_many_shifts_as_possible_even_if_a_greedy_choice_would_lose_one():
    truth = [(0.0, 10.0), (5.0, 13.0)]
    found = [(1.0, 11.0), (0.0, 6.0)]
    assert score_shifts(truth, found).matched_50 == 2


def test_time_on_ice_counts_doubly_found_seconds_once():
    score = score_shifts([(0.0, 40.0)], [(0.0, 30.0), (20.0, 44.0)])
    assert score.found_toi == 44.0
    assert score.toi_error == pytest.approx(0.1)
    assert score.wrong_seconds == pytest.approx(4.0)
    assert score.missing_seconds == pytest.approx(0.0)


def test_errors_of_starts_and_ends_are_signed_and_of_matched_shifts_only():
    score = score_shifts([(10.0, 50.0)], [(12.0, 49.0), (100.0, 140.0)])
    assert score.start_errors == (2.0,)
    assert score.end_errors == (-1.0,)
    assert score.wrong_seconds == pytest.approx(40.0)


def test_a_player_who_never_plays_is_right_when_nothing_is_found():
    assert score_shifts([], []).f1_50 == 1.0
    assert score_shifts([], [(0.0, 10.0)]).f1_50 == 0.0
    assert score_shifts([(0.0, 10.0)], []).f1_50 == 0.0


def test_pooling_counts_shifts_not_players():
    good = score_shifts([(0.0, 10.0)] * 1, [(0.0, 10.0)])
    bad = score_shifts([(0.0, 10.0), (20.0, 30.0), (40.0, 50.0)], [])
    pooled = pool([good, bad])
    assert pooled.recall_50 == pytest.approx(1 / 4)
    assert pooled.f1_50 == pytest.approx(2 / 5)
    assert pooled.true_toi == pytest.approx(40.0)
