"""Detector files of other makers are told apart by their inputs and outputs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftclipper.errors import UserError
from shiftclipper.vision.onnx_layouts import (
    CentrePoints,
    DetrQueries,
    DetrWithSizes,
    Port,
    Yolox,
    cells_of,
    read_centre_points,
    recognise,
    suppress,
)

FLOAT, BYTES, WHOLE = "tensor(float)", "tensor(uint8)", "tensor(int64)"
SIZE = (128, 96)


def pictures_in(name="images"):
    return Port(name, FLOAT, (None, 3, 96, 128))


@pytest.mark.parametrize(
    ("maps", "packed"), [(5, False), (8, False), (20, True), (32, True)],
    ids=["boxes", "boxes and roles", "boxes packed", "boxes and roles packed"],
)  # fmt: skip
def test_the_programs_own_files_are_known_by_their_byte_pictures_and_number_of_maps(maps, packed):
    pictures = [Port("frames", BYTES, (None, None, None, 3))]
    layout = recognise(pictures, [Port("maps", FLOAT, (None, maps, None, None))], SIZE, "skater.onnx")
    assert isinstance(layout, CentrePoints)
    assert layout.packed == packed


def test_yolox_is_known_by_its_number_of_cells():
    outputs = [Port("output", FLOAT, (1, cells_of(SIZE, (8, 16, 32)), 85))]
    layout = recognise([pictures_in()], outputs, SIZE, "yolox_s.onnx")
    assert isinstance(layout, Yolox)
    assert layout.strides == (8, 16, 32)


def test_both_ways_of_exporting_d_fine_and_rt_detr_are_known():
    sizes = Port("orig_target_sizes", WHOLE, (None, 2))
    named = [Port("labels", WHOLE, ()), Port("boxes", FLOAT, ()), Port("scores", FLOAT, ())]
    assert isinstance(recognise([pictures_in(), sizes], named, SIZE, "a.onnx"), DetrWithSizes)
    for logits in ("logits", "pred_logits"):
        queries = [Port(logits, FLOAT, (1, 300, 80)), Port("pred_boxes", FLOAT, (1, 300, 4))]
        layout = recognise([pictures_in("pixel_values")], queries, SIZE, "b.onnx")
        assert isinstance(layout, DetrQueries)


@pytest.mark.parametrize(
    "outputs",
    [
        [Port("output0", FLOAT, (1, 84, 8400))],
        [Port("output", FLOAT, (1, 25200, 85))],
        [Port("probabilities", FLOAT, (1, 1000))],
        [Port("labels", WHOLE, (1, 300)), Port("boxes", FLOAT, (1, 300, 4))],
    ],
    ids=["yolo v8", "yolo v5", "classifier", "no scores"],
)
def test_any_other_file_is_refused_with_a_sentence_that_names_it(outputs):
    with pytest.raises(UserError, match=r"other\.onnx is not a detector .* YOLOX, D-FINE"):
        recognise([pictures_in()], outputs, SIZE, "other.onnx")


def yolox_cells():
    """One person (class 0) and one dog (class 16), in pixels."""
    cells = np.zeros((1, cells_of(SIZE, (8, 16, 32)), 85), np.float32)
    cells[0, 17] = [12.0, 12.0, 10.0, 20.0, 0.9, *np.zeros(80)]
    cells[0, 17, 5] = 0.8
    cells[0, 30] = [112.0, 12.0, 30.0, 20.0, 0.9, *np.zeros(80)]
    cells[0, 30, 5 + 16] = 0.9
    return cells


def test_yolox_in_pixels_gives_people_only():
    (found,) = Yolox("images", (8, 16, 32)).read([yolox_cells()], SIZE, 0.05, 100)
    assert found == pytest.approx(np.array([[7, 2, 17, 22, 0.72]]), abs=1e-4)


def test_raw_yolox_gives_the_same_boxes_as_yolox_in_pixels():
    cells = yolox_cells()
    raw = cells.copy()
    raw[0, :, :4] = 0
    # Cell 17 of the finest level is column 1 of row 1: its corner is at 8, 8.
    raw[0, 17, :4] = [0.5, 0.5, np.log(10 / 8), np.log(20 / 8)]
    layout = Yolox("images", (8, 16, 32))
    assert layout.read([raw], SIZE, 0.05, 100)[0] == pytest.approx(
        layout.read([cells], SIZE, 0.05, 100)[0], abs=1e-4
    )


def test_detr_with_sizes_keeps_people_and_drops_other_classes():
    layout = DetrWithSizes("images", "sizes", {"labels": 0, "boxes": 1, "scores": 2})
    boxes = np.array([[[1, 2, 11, 32], [50, 2, 60, 32], [80, 10, 90, 40]]], np.float32)
    labels, scores = np.array([[0, 16, 0]]), np.array([[0.4, 0.9, 0.7]], np.float32)
    (found,) = layout.read([labels, boxes, scores], SIZE, 0.05, 100)
    assert found == pytest.approx(np.array([[80, 10, 90, 40, 0.7], [1, 2, 11, 32, 0.4]]))


def test_detr_is_told_the_size_of_its_own_input():
    layout = DetrWithSizes("images", "sizes", {"labels": 0, "boxes": 1, "scores": 2})
    feed = layout.feed(np.zeros((2, 96, 128, 3), np.uint8))
    assert feed["sizes"].tolist() == [[128, 96], [128, 96]]


def test_detr_queries_are_scaled_to_the_input():
    logits = np.full((1, 2, 80), -9.0, np.float32)
    logits[0, 0, 0] = 2.0
    boxes = np.array([[[0.5, 0.5, 0.25, 0.5], [0.1, 0.1, 0.1, 0.1]]], np.float32)
    (found,) = DetrQueries("images", 0, 1).read([logits, boxes], SIZE, 0.05, 100)
    assert found == pytest.approx(np.array([[48, 24, 80, 72, 0.8808]]), abs=1e-3)


def test_colours_reach_a_detr_as_red_green_blue_from_0_to_1():
    picture = np.zeros((1, 96, 128, 3), np.uint8)
    picture[..., 2] = 255
    planes = DetrQueries("images", 0, 1).feed(picture)["images"]
    assert planes.shape == (1, 3, 96, 128)
    assert planes[0, :, 0, 0].tolist() == [1.0, 0.0, 0.0]


def test_two_skaters_side_by_side_are_two_peaks():
    maps = np.zeros((5, 24, 32), np.float32)
    maps[3], maps[4] = 20.0, 40.0
    maps[0, 10, 8], maps[0, 10, 9], maps[0, 10, 11] = 0.9, 0.6, 0.8
    maps[1, 10, 8] = 0.25
    found = read_centre_points(maps, 4.0, 0.3, 100)
    # x of the first: cell 8 is centred at pixel 34, and dx is a quarter of four pixels.
    assert found == pytest.approx(np.array([[25, 22, 45, 62, 0.9], [36, 22, 56, 62, 0.8]]))


def test_roles_are_probabilities_behind_the_columns_that_a_file_without_roles_gives():
    maps = np.random.default_rng(3).normal(0, 1, (8, 24, 32)).astype(np.float32)
    maps[3:5] = 12.0
    maps[5:, :, :16], maps[5, :, :16] = 0.0, np.log(2.0)
    found = read_centre_points(maps, 4.0, 0.5, 100)
    assert found.shape[1] == 8
    assert found[:, :5].tolist() == read_centre_points(maps[:5], 4.0, 0.5, 100).tolist()
    left = found[found[:, 2] < 60]
    assert len(left)
    assert left[:, 5:] == pytest.approx(np.tile([0.5, 0.25, 0.25], (len(left), 1)))
    assert found[:, 5:].sum(axis=1) == pytest.approx(np.ones(len(found)))


@pytest.mark.parametrize("maps", [5, 8])
def test_packed_maps_are_read_as_the_same_maps_shuffled_out(maps):
    loose = np.random.default_rng(4).normal(0, 1, (1, maps, 24, 32)).astype(np.float32)
    loose[:, 3:5] = 12.0
    # Channel 4 k + 2 y + x of a packed cell is map k of its cell (y, x), as torch's PixelShuffle has it.
    cells = loose.reshape(1, maps, 12, 2, 16, 2).transpose(0, 1, 3, 5, 2, 4)
    packed = np.ascontiguousarray(cells).reshape(1, maps * 4, 12, 16)
    (expected,) = CentrePoints("frames").read([loose], SIZE, 0.5, 100)
    (found,) = CentrePoints("frames", packed=True).read([packed], SIZE, 0.5, 100)
    assert len(found) > 10
    assert found.tolist() == expected.tolist()


def test_an_empty_picture_gives_no_boxes():
    assert read_centre_points(np.zeros((5, 8, 8), np.float32), 4.0, 0.1, 100).shape == (0, 5)


def test_of_two_boxes_on_one_person_the_better_stays():
    boxes = np.array([[0, 0, 10, 20, 0.9], [1, 0, 11, 20, 0.8], [30, 0, 40, 20, 0.7]], np.float32)
    assert suppress(boxes)[:, 4].tolist() == pytest.approx([0.9, 0.7])


def test_a_box_only_suppressed_by_one_that_is_gone_itself_stays():
    # The middle one overlaps both neighbours; they do not overlap each other enough.
    boxes = np.array([[0, 0, 10, 10, 0.9], [2, 0, 12, 10, 0.8], [4, 0, 14, 10, 0.7]], np.float32)
    assert suppress(boxes, 0.6)[:, 4].tolist() == pytest.approx([0.9, 0.7])


def suppress_slowly(boxes, overlap):
    kept = []
    for box in boxes:
        if all(share(box, other) <= overlap for other in kept):
            kept.append(box)
    return kept


def share(a, b):
    width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
    height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - width * height
    return width * height / union


side = st.integers(1, 12)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), side, side), max_size=25))
def test_suppression_agrees_with_the_definition(rows):
    boxes = np.array(
        [(x, y, x + w, y + h, 1 - k / 100) for k, (x, y, w, h) in enumerate(rows)], np.float32
    ).reshape(-1, 5)
    # 0.503 is no ratio of the small whole numbers above: rounding cannot decide.
    expected = suppress_slowly(boxes, 0.503)
    assert suppress(boxes, 0.503).tolist() == [list(row) for row in expected]
