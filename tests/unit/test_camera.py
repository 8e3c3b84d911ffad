"""The camera's motion, read from drawn arenas whose motion is known."""

import cv2
import numpy as np
import pytest

from shiftclipper.vision.camera import estimate_motion

SIZE = (640, 360)


def arena(seed, size=(1400, 900)):
    """A hall larger than the picture: crowd above, boards with signs, bare ice with lines."""
    random = np.random.default_rng(seed)
    width, height = size
    hall = np.full((height, width, 3), 225, np.uint8)
    crowd = cv2.resize(
        random.integers(20, 140, (height // 12, width // 6, 3), dtype=np.uint8), (width, height // 2 - 60)
    )
    hall[: len(crowd)] = crowd
    for x in range(0, width, 70):
        colour = tuple(int(c) for c in random.integers(0, 255, 3))
        cv2.rectangle(hall, (x + 4, height // 2 - 56), (x + 60, height // 2 - 20), colour, -1)
        cv2.putText(
            hall,
            chr(65 + x // 70),
            (x + 12, height // 2 - 26),
            cv2.FONT_HERSHEY_SIMPLEX,
            1,
            (255, 255, 255),
            3,
        )
    for x in range(150, width, 260):
        cv2.line(hall, (x, height // 2), (x + 90, height), (60, 60, 190), 6)
        cv2.circle(hall, (x + 60, height - 200), 70, (190, 90, 60), 4)
    return hall


def view(hall, motion, noise=0.0, seed=0):
    """What the camera sees: `motion` (2, 3) maps the hall to the picture."""
    picture = cv2.warpAffine(hall, motion, SIZE, flags=cv2.INTER_AREA).astype(float)
    picture += np.random.default_rng(seed).normal(0, noise, picture.shape) if noise else 0
    return np.clip(picture, 0, 255).astype(np.uint8)


def looking(across, down, zoom=1.0, angle=0.0):
    sin, cos = zoom * np.sin(angle), zoom * np.cos(angle)
    return np.array([[cos, -sin, -across], [sin, cos, -down]])


def with_people(picture, boxes, seed=0):
    random = np.random.default_rng(seed)
    for x1, y1, x2, y2 in np.asarray(boxes, int):
        shape = picture[y1:y2, x1:x2].shape
        picture[y1:y2, x1:x2] = random.integers(0, 90, shape, dtype=np.uint8)
    return picture


def worst(motion, before, after):
    """Pixels by which the motion misses, at worst, over a grid of the picture."""
    grid = np.stack(np.meshgrid(np.linspace(0, 640, 5), np.linspace(0, 360, 5), [1.0]), -1).reshape(-1, 3)
    truth = np.vstack([after, [0, 0, 1]]) @ np.linalg.inv(np.vstack([before, [0, 0, 1]]))
    return np.abs(grid @ motion.matrix.T - grid @ truth[:2].T).max()


@pytest.mark.parametrize(
    "after",
    [looking(330, 260), looking(240, 254, 1.0, 0.01), looking(300, 250, 1.04), looking(268, 250, 0.97)],
    ids=["a quick pan", "a pan that tilts", "zooming in", "zooming out"],
)
def test_a_moving_camera_is_followed_to_a_pixel(after):
    hall, before = arena(1), looking(280, 250)
    motion = estimate_motion(view(hall, before, 2, 1), view(hall, after, 2, 2), np.zeros((0, 4)))
    assert not motion.cut
    assert worst(motion, before, after) < 1.0


def test_a_fixed_camera_with_a_noisy_sensor_and_skating_people_does_not_move_at_all():
    hall, before = arena(2), looking(280, 250)
    boxes = np.array([[100, 150, 140, 250], [300, 200, 340, 320], [500, 160, 530, 240]])
    old = with_people(view(hall, before, 4, 1), boxes, 1)
    new = with_people(view(hall, before, 4, 2), boxes + np.array([12, 3, 12, 3]), 1)
    motion = estimate_motion(old, new, boxes)
    assert np.array_equal(motion.matrix, np.eye(2, 3))
    assert not motion.cut


def test_people_who_all_skate_one_way_do_not_carry_the_camera_along():
    hall, before, after = arena(3), looking(280, 330), looking(282, 330)
    boxes = np.array([[x, y, x + 50, y + 120] for x, y in ((60, 200), (200, 160), (330, 210), (480, 140))])
    old = with_people(view(hall, before, 2, 1), boxes, 1)
    new = with_people(view(hall, after, 2, 2), boxes + np.array([20, 0, 20, 0]), 1)
    assert worst(estimate_motion(old, new, boxes), before, after) < 1.5


def test_burnt_in_graphics_do_not_hold_the_camera_still():
    hall, before, after = arena(4), looking(280, 250), looking(292, 250)
    graphics = np.random.default_rng(5).integers(0, 255, (10, 40, 3), dtype=np.uint8)
    graphics = cv2.resize(graphics, (240, 60), interpolation=cv2.INTER_NEAREST)
    old, new = view(hall, before, 2, 1), view(hall, after, 2, 2)
    old[10:70, 10:250] = graphics
    new[10:70, 10:250] = graphics
    assert worst(estimate_motion(old, new, np.zeros((0, 4))), before, after) < 1.0


def test_motion_is_given_in_source_pixels_even_when_the_picture_was_squeezed():
    hall, before, after = arena(6), looking(280, 250), looking(296, 244)
    wide = [cv2.resize(view(hall, one), (640, 352)) for one in (before, after)]
    motion = estimate_motion(wide[0], wide[1], np.zeros((0, 4)), (1920, 1080))
    assert motion.matrix[:, 2] == pytest.approx([-48, 18], abs=2.5)
    assert motion.matrix[:, :2] == pytest.approx(np.eye(2), abs=0.003)


def test_another_shot_is_a_cut_and_a_blurred_pan_is_none():
    hall = arena(7)
    old = view(hall, looking(100, 250), 2, 1)
    other = view(arena(8)[::-1, ::-1], looking(500, 100), 2, 2)
    assert estimate_motion(old, other, np.zeros((0, 4))).cut
    panned = cv2.blur(view(hall, looking(160, 250), 2, 2), (41, 1))
    motion = estimate_motion(old, panned, np.zeros((0, 4)))
    assert not motion.cut


def test_black_then_a_picture_is_a_cut_and_black_then_black_is_none():
    black = np.zeros((360, 640, 3), np.uint8)
    picture = view(arena(9), looking(280, 250))
    assert estimate_motion(black, picture, np.zeros((0, 4))).cut
    still = estimate_motion(black, black, np.zeros((0, 4)))
    assert not still.cut
    assert np.array_equal(still.matrix, np.eye(2, 3))


def test_the_same_pictures_give_the_same_motion():
    hall = arena(10)
    old, new = view(hall, looking(280, 250), 3, 1), view(hall, looking(300, 255), 3, 2)
    first, second = (estimate_motion(old, new, np.zeros((0, 4))) for _ in range(2))
    assert np.array_equal(first.matrix, second.matrix)
