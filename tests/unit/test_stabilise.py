"""A camera that turns and zooms about one place is known again when it comes back."""

import cv2
import numpy as np
import pytest

from shiftclipper.jobs.setup import Regions, Setup
from shiftclipper.jobs.stages.identify import game_view
from shiftclipper.tracklets import COLOUR_BINS, KIT_VALUES, ROLES
from shiftclipper.vision.keyframes import FEWEST, Keyframe, describe, match
from shiftclipper.vision.lens import rays, small_rotations, step_rotations, to_pixels
from shiftclipper.vision.observations import (
    FrameObservations,
    pack_observations,
    rounded,
    unpack_observations,
)
from shiftclipper.vision.stabilise import stabilise
from shiftclipper.vision.watch import CameraWatch

SIZE = (640, 360)
MIDDLE = np.array(SIZE) / 2
FOCAL = 620.0
RATE = 10


def turn(pan, tilt=0.0):
    """Rotation from the world to a camera that is turned to the right and down, in radians."""
    across = small_rotations(np.array([[0.0, -pan, 0.0]]))[0]
    return small_rotations(np.array([[-tilt, 0.0, 0.0]]))[0] @ across


@pytest.fixture(scope="module")
def wall():
    """A picture of boards and crowd, as seen by a camera with a very wide view that looks straight ahead."""
    random = np.random.default_rng(4)
    image = np.full((900, 2600, 3), 200, np.uint8)
    for _ in range(1500):
        x, y = random.integers(0, 2600), random.integers(0, 900)
        size = random.integers(6, 40, 2)
        colour = [int(one) for one in random.integers(0, 255, 3)]
        cv2.rectangle(image, (int(x), int(y)), (int(x + size[0]), int(y + size[1])), colour, -1)
    return cv2.GaussianBlur(image, (0, 0), 1.2)


def view(wall, rotation, focal=FOCAL):
    """What the camera sees of the wall."""
    size = np.array([wall.shape[1], wall.shape[0]])
    inner = np.array([[FOCAL, 0, size[0] / 2], [0, FOCAL, size[1] / 2], [0, 0, 1]])
    camera = np.array([[focal, 0, MIDDLE[0]], [0, focal, MIDDLE[1]], [0, 0, 1]])
    return cv2.warpPerspective(wall, camera @ rotation @ np.linalg.inv(inner), SIZE, flags=cv2.INTER_LINEAR)


def film(wall, pans, *, focals=None, tilt=0.05):
    """Observe a pan; returns observations and the camera's rotations."""
    eye = CameraWatch(SIZE, SIZE, (0.0, 0.0))
    nobody = np.zeros((0, 4), np.float32)
    result, rotations = [], []
    focals = np.full(len(pans), FOCAL) if focals is None else focals
    for k, (pan, focal) in enumerate(zip(pans, focals, strict=True)):
        rotations.append(turn(pan, tilt))
        motion, keyframe = eye.look(view(wall, rotations[-1], focal), nobody, k / RATE)
        result.append(observation(k / RATE, motion.matrix, cut=motion.cut, keyframe=keyframe))
    return result, np.array(rotations)


def observation(time, motion, *, cut=False, keyframe=None):
    none = np.zeros((0, 4), np.float32)
    return rounded(
        FrameObservations(
            time=time,
            boxes=none,
            scores=none[:, 0],
            colours=np.zeros((0, COLOUR_BINS), np.float32),
            kit=np.zeros((0, KIT_VALUES), np.float32),
            roles=np.zeros((0, len(ROLES)), np.float32),
            sharpness=none[:, 0],
            motion=motion,
            cut=cut,
            keyframe=keyframe,
        )
    )


def wander(camera, rotations, focals, picture):
    """Return how far a still thing seems to have moved from the first picture to another, in pixels."""
    ahead = np.linalg.inv(rotations[picture]) @ np.array([0.0, 0.1, 1.0])
    places = []
    for k in (0, picture):
        seen = to_pixels((rotations[k] @ ahead)[None], np.array(focals[k]), MIDDLE)
        places.append(camera.place(np.array([k]), seen)[0])
    return float(np.linalg.norm(places[1] - places[0]))


@pytest.fixture(scope="module")
def there_and_back(wall):
    """Sixteen seconds of turning to the right and back, twice."""
    time = np.arange(16 * RATE) / RATE
    pans = 0.25 * (1 - np.cos(time / 8 * 2 * np.pi))
    return film(wall, pans)


def test_a_place_stays_where_it_is_on_the_map_while_the_camera_turns(there_and_back):
    observations, rotations = there_and_back
    focals = np.full(len(rotations), FOCAL)

    camera = stabilise(observations, SIZE)

    assert list(camera.maps) == [0]
    assert camera.poses.focal[0] == pytest.approx(FOCAL, rel=0.1)
    assert max(wander(camera, rotations, focals, k) for k in (10, 20, 60, 79, 120, 159)) < 6.0


def test_a_region_drawn_in_the_first_picture_covers_the_same_place_after_the_camera_has_turned(
    there_and_back,
):
    observations, rotations = there_and_back
    camera = stabilise(observations, SIZE)
    # Right of the middle of the first picture, left of it at the far end of the pan.
    bench = [(0.6, 0.45), (0.8, 0.45), (0.8, 0.65), (0.6, 0.65)]
    setup = Setup(regions=Regions(bench=(tuple(bench),)))

    view = game_view(setup, SIZE, 16.0, camera.maps[0])

    outline = np.array(view.benches[0], dtype=np.float32)
    for corner, inside in (((0.7, 0.55), True), ((0.55, 0.55), False), ((0.85, 0.6), False)):
        ray = rays(np.array([corner]) * SIZE, np.array(FOCAL), MIDDLE)[0]
        world = np.linalg.inv(rotations[0]) @ ray
        for k in (0, 40, 120):
            seen = to_pixels((rotations[k] @ world)[None], np.array(FOCAL), MIDDLE)
            x, y = camera.place(np.array([k]), seen)[0]
            assert (cv2.pointPolygonTest(outline, (float(x), float(y)), False) > 0) == inside


def test_the_sum_of_small_motions_drifts_more_than_keyframes_do(there_and_back):
    observations, rotations = there_and_back
    # A motion that is a little too long each time, as that of a blurred pan.
    stretched = [
        observation(
            one.time,
            np.hstack([one.motion[:, :2], one.motion[:, 2:] * (1.04 if one.motion[0, 2] < 0 else 1.0)]),
            cut=one.cut,
            keyframe=one.keyframe,
        )
        for one in observations
    ]
    plain = [observation(one.time, one.motion, cut=one.cut) for one in stretched]
    focals = np.full(len(rotations), FOCAL)

    drift = [wander(stabilise(some, SIZE), rotations, focals, 159) for some in (plain, stretched)]

    assert drift[1] < 6.0
    assert drift[0] > 2 * drift[1]


def test_a_camera_that_stands_still_has_no_keyframes_to_compare_and_no_map(wall):
    observations, _ = film(wall, np.zeros(25))

    camera = stabilise(observations, SIZE)

    assert camera.maps == {}
    assert sum(one.keyframe is not None for one in observations) <= 1
    points = np.array([[17.0, 250.0]])
    assert camera.place(np.array([20]), points).tolist() == points.tolist()


def test_zooming_is_told_from_turning(wall):
    pans = np.linspace(0, 0.3, 60)
    focals = FOCAL * np.linspace(1.0, 1.35, 60)
    observations, rotations = film(wall, pans, focals=focals)

    camera = stabilise(observations, SIZE)

    assert camera.poses.focal[59] / camera.poses.focal[0] == pytest.approx(1.35, rel=0.05)
    assert wander(camera, rotations, focals, 40) < 12.0


def test_scenes_without_enough_keyframes_go_by_the_motion():
    shift = np.array([[1.0, 0.0, -5.0], [0.0, 1.0, 0.0]])
    pictures = [observation(k / RATE, shift if k else np.eye(2, 3), cut=k == 0) for k in range(5)]

    camera = stabilise(pictures, SIZE)

    assert camera.place(np.array([4]), np.array([[100.0, 50.0]])).tolist() == [[120.0, 50.0]]


def test_an_empty_film_has_no_scene():
    camera = stabilise([], SIZE)

    assert len(camera.scenes) == 0
    assert camera.maps == {}


def test_nonsense_keyframes_leave_everything_finite():
    random = np.random.default_rng(8)
    pictures = []
    for k in range(60):
        points = random.uniform(0, SIZE, (40, 2)).astype(np.float32)
        bits = random.integers(0, 256, (40, 32)).astype(np.uint8)
        motion = np.eye(2, 3) + random.normal(0, 0.05, (2, 3)) * [1, 1, 200]
        keyframe = Keyframe(points, bits) if k % 10 == 0 else None
        pictures.append(observation(k / RATE, motion if k else np.eye(2, 3), cut=k == 0, keyframe=keyframe))

    camera = stabilise(pictures, SIZE)
    placed = camera.at(np.arange(60), np.tile([[320.0, 300.0]], (60, 1)))

    assert np.isfinite(placed).all()


def test_keyframes_are_kept_bit_for_bit(there_and_back):
    observations, _ = there_and_back

    unpacked = unpack_observations(pack_observations(observations))

    kept = [(a.keyframe, b.keyframe) for a, b in zip(observations, unpacked, strict=True)]
    assert sum(a is not None for a, _ in kept) >= 14
    for before, after in kept:
        assert (before is None) == (after is None)
        if before is not None:
            assert np.array_equal(before.points, after.points)
            assert np.array_equal(before.descriptors, after.descriptors)


def test_people_and_burnt_in_graphics_do_not_make_a_match(wall):
    nobody = np.zeros((0, 4), np.float32)
    one, two = np.ones(2), np.zeros(2)
    first = describe(view(wall, turn(0.0)), nobody, one, two)
    other = describe(view(wall, turn(0.0)), nobody, one, two)
    elsewhere = describe(view(wall[::-1, ::-1].copy(), turn(0.1)), nobody, one, two)
    covered = describe(view(wall, turn(0.0)), np.array([[0, 0, 640, 360]], np.float32), one, two)

    expected = first.points.astype(np.float64)
    assert len(first) >= 3 * FEWEST
    assert match(first, other, expected, 40.0, SIZE) is not None
    assert match(first, elsewhere, expected, 40.0, SIZE) is None
    assert len(covered) == 0
    # The camera has turned, but what is seen stayed where it was: it is drawn on the picture.
    shifted = expected + np.array([60.0, 0.0])
    assert match(first, other, shifted, 90.0, SIZE) is None


@pytest.mark.parametrize(("pan", "tilt"), [(0.08, 0.0), (-0.05, 0.03), (0.0, -0.06)])
def test_the_turn_behind_a_similarity_moves_the_middle_as_it_does(pan, tilt):
    rotation = turn(pan, tilt)
    ahead = rays(MIDDLE[None], np.array(FOCAL), MIDDLE)
    moved = to_pixels(ahead @ rotation.T, np.array(FOCAL), MIDDLE)[0] - MIDDLE
    similarity = np.array([[1.0, 0.0, moved[0]], [0.0, 1.0, moved[1]]])

    found = step_rotations(similarity[None], np.array([FOCAL]), MIDDLE)[0]

    assert np.allclose(found @ found.T, np.eye(3))
    assert np.allclose(found @ ahead[0], rotation @ ahead[0], atol=0.004)


def displaced(observations, offsets):
    """Return observations whose keyframes show everything moved by so many pixels, by second."""
    return [
        one
        if one.keyframe is None
        else observation(
            one.time,
            one.motion,
            cut=one.cut,
            keyframe=Keyframe(
                one.keyframe.points + np.float32(offsets[int(one.time)]), one.keyframe.descriptors
            ),
        )
        for one in observations
    ]


def worst(camera, rotations):
    """Return how far a still thing wanders at most, in pixels."""
    focals = np.full(len(rotations), FOCAL)
    return max(wander(camera, rotations, focals, k) for k in range(5, len(rotations), 5))


@pytest.mark.parametrize("wrong", [(6,), (5, 6), (3, 8, 12)])
def test_a_place_recognised_wrongly_does_not_make_it_worse_than_the_motion_alone(there_and_back, wrong):
    observations, rotations = there_and_back
    plain = [observation(one.time, one.motion, cut=one.cut) for one in observations]
    offsets = np.zeros((16, 2))
    offsets[list(wrong)] = (44.0, -9.0)

    camera = stabilise(displaced(observations, offsets), SIZE)

    assert list(camera.maps) == [0]
    assert worst(camera, rotations) < worst(stabilise(plain, SIZE), rotations) + 1.0


def test_keyframes_that_all_contradict_the_motion_are_not_believed(there_and_back):
    observations, _ = there_and_back
    offsets = np.random.default_rng(3).uniform(-80, 80, (16, 2))

    camera = stabilise(displaced(observations, offsets), SIZE)

    assert camera.maps == {}
    plain = [observation(one.time, one.motion, cut=one.cut) for one in observations]
    assert np.array_equal(camera.chained, stabilise(plain, SIZE).chained)


def test_a_leap_that_the_motion_missed_is_believed_when_the_places_beyond_it_are_recognised(there_and_back):
    observations, rotations = there_and_back
    # The motion of a blurred moment was lost altogether.
    lost = [
        observation(
            one.time, np.eye(2, 3) if k in (24, 25) else one.motion, cut=one.cut, keyframe=one.keyframe
        )
        for k, one in enumerate(observations)
    ]
    plain = [observation(one.time, one.motion, cut=one.cut) for one in lost]

    camera = stabilise(lost, SIZE)

    assert worst(stabilise(plain, SIZE), rotations) > 15
    assert wander(camera, rotations, np.full(len(rotations), FOCAL), 120) < 6.0
