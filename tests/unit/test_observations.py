"""What analysis keeps: nothing is lost by packing, damage is noticed, the camera's motion adds up."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shiftclipper.tracklets import COLOUR_BINS, KIT_VALUES
from shiftclipper.vision.observations import (
    FrameObservations,
    UnreadableObservations,
    pack_observations,
    picture_to_scene,
    rounded,
    scene_numbers,
    unpack_observations,
)


def seen(random, count, time=0.0, motion=None, cut=False):
    corner = random.uniform(0, 3000, (count, 2))
    colours = random.random((count, COLOUR_BINS)) * (random.random((count, 1)) > 0.2)
    return FrameObservations(
        time=time,
        boxes=np.concatenate([corner, corner + random.uniform(2, 800, (count, 2))], axis=1).astype(
            np.float32
        ),
        scores=random.random(count).astype(np.float32),
        colours=(colours / np.maximum(colours.sum(axis=1, keepdims=True), 1e-9)).astype(np.float32),
        kit=random.uniform(-1.3, 1.3, (count, KIT_VALUES)).astype(np.float32),
        roles=random.random((count, 3)).astype(np.float32),
        sharpness=random.uniform(0, 60, count).astype(np.float32),
        motion=np.eye(2, 3) if motion is None else motion,
        cut=cut,
    )


def same(first, second):
    return (
        first.time == second.time
        and first.cut == second.cut
        and all(
            np.array_equal(getattr(first, name), getattr(second, name))
            for name in ("boxes", "scores", "colours", "kit", "roles", "sharpness", "motion")
        )
    )


def turned(angle, zoom, across, down):
    sin, cos = zoom * np.sin(angle), zoom * np.cos(angle)
    return np.array([[cos, -sin, across], [sin, cos, down]])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 30), max_size=12), st.integers(0, 2**32 - 1))
def test_packing_loses_nothing_of_rounded_observations(counts, seed):
    random = np.random.default_rng(seed)
    chunk = [
        rounded(seen(random, count, time=k / 7, motion=turned(*random.normal(0, 0.1, 4)), cut=k == 3))
        for k, count in enumerate(counts)
    ]
    back = unpack_observations(pack_observations(chunk))
    assert len(back) == len(chunk)
    assert all(same(one, two) for one, two in zip(chunk, back, strict=True))


def test_rounding_keeps_boxes_to_a_sixteenth_of_a_pixel_and_histograms_whole():
    one = seen(np.random.default_rng(1), 50)
    kept = rounded(one)
    assert np.abs(kept.boxes - one.boxes).max() <= 1 / 16
    assert np.abs(kept.scores - one.scores).max() < 1e-4
    sums = kept.colours.sum(axis=1)
    assert np.all(np.isclose(sums, 1, atol=1e-6) | (sums == 0))
    assert np.abs(kept.colours - one.colours).max() < 0.1


def test_an_hour_of_sixteen_people_takes_less_than_20_megabytes():
    random = np.random.default_rng(2)
    chunk = [rounded(seen(random, 16, time=k / 10)) for k in range(300)]
    assert len(pack_observations(chunk)) * 120 < 25e6


@pytest.mark.parametrize(
    "damage",
    [
        lambda packed: b"",
        lambda packed: packed[:-3],
        lambda packed: b"XXXX" + packed[4:],
        lambda packed: packed[:4] + b"\x63\x00" + packed[6:],
        lambda packed: packed[:12] + b"\x01\x00\x00\x00" + packed[16:],
        lambda packed: packed[:30] + bytes([packed[30] ^ 0xFF]) + packed[31:],
    ],
)
def test_damaged_bytes_are_refused(damage):
    packed = pack_observations([rounded(seen(np.random.default_rng(3), 5))])
    with pytest.raises(UnreadableObservations):
        unpack_observations(damage(packed))


def test_the_cameras_motion_adds_up_and_starts_anew_at_a_cut():
    random = np.random.default_rng(4)
    first, second = turned(0.02, 1.01, 30, -4), turned(-0.01, 0.98, -12, 7)
    film = [
        seen(random, 0),
        seen(random, 0, motion=first),
        seen(random, 0, motion=second),
        seen(random, 0, cut=True),
        seen(random, 0, motion=first),
    ]
    to_scene = picture_to_scene(film)
    assert scene_numbers(film).tolist() == [0, 0, 0, 1, 1]
    board = np.array([400.0, 300.0, 1.0])
    later = second @ np.append(first @ board, 1)
    assert to_scene[2] @ np.append(later, 1) == pytest.approx(board[:2])
    assert np.array_equal(to_scene[3], np.eye(2, 3))
    assert to_scene[4] @ np.append(first @ board, 1) == pytest.approx(board[:2])
