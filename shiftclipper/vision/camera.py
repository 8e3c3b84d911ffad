"""How the camera moved between two sampled pictures, and whether the picture was cut.

Corners off the people are followed by sparse optical flow (Lucas and Kanade, in pyramids) on a reduced
grey picture, and a similarity is fitted to them by RANSAC. A camera that stands still is recognised by
the texture of the whole picture before any corner is looked for, and its motion is exactly the identity,
so that a fixed camera never drifts. Nothing is remembered from earlier pictures: an analysis that is
resumed sees the same motion.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Picture = NDArray[np.uint8]
Boxes = NDArray[np.float32] | NDArray[np.float64]

REDUCED_WIDTH = 400
"""Flow is followed on a picture of at most this width."""
CELL = 20
"""Side of the cells in which a standing camera is looked for, in reduced pixels."""
TEXTURE = 30.0
"""Mean squared slope of grey that makes a cell worth asking."""
STILL = 0.06
"""Reduced pixels that a cell of a fixed camera seems to move by noise alone."""
CLEARLY = 0.3
"""Reduced pixels that only a moving camera moves most cells by."""
CORNERS = 160
SPACING = 8
"""Least distance between two corners, in reduced pixels."""
WINDOW = (11, 11)
"""Reduced pixels around a corner that are followed."""
AROUND = 6
"""Reduced pixels around a person in which a corner would see him move."""
RETURNED = 0.7
"""Reduced pixels by which a corner followed forth and back may miss its start."""
AGREEMENT = 0.8
"""Reduced pixels by which a corner may differ from the fitted motion."""
FEWEST = 8
"""Corners that must agree before a motion is believed."""
LARGEST_ZOOM = 1.25
"""A change of scale between two samples beyond this is a mistake."""
CUT_AGREEMENT = 0.25
"""Below this share of agreeing corners a picture may be a cut."""
CUT_LAYOUT = 0.6
"""Two pictures of one shot, even in a quick pan, resemble each other more than this."""
CUT_GREYS = 0.45
"""Distance of grey histograms, 0 to 1, that is a cut by itself when the flow fails."""
OVERLAY_SHARE = 0.3
"""Moving corners that outvote burnt-in graphics, which stand still before a moving picture."""


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """What happened between two pictures."""

    matrix: Array
    """(2, 3) similarity from pixels of the previous picture to those of this one."""
    cut: bool
    """Whether a new shot begins; the matrix is the identity then."""


@dataclass(frozen=True, slots=True, eq=False)
class Reduced:
    """A small grey copy of a picture."""

    grey: Picture
    """(h, w), blurred a little by the reduction."""
    size: tuple[int, int]
    """Width and height of the picture it was made from."""


def reduce_picture(image: Picture) -> Reduced:
    """Make the copy that motion is estimated on, from a (H, W, 3) blue green red picture."""
    height, width = image.shape[:2]
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    factor = min(1.0, REDUCED_WIDTH / width)
    small = (max(16, round(width * factor)), max(16, round(height * factor)))
    # Halving and then interpolating takes a third of the time of averaging at odd factors.
    while grey.shape[1] >= 2 * small[0] and grey.shape[0] >= 2 * small[1]:
        grey = cv2.resize(grey, (grey.shape[1] // 2, grey.shape[0] // 2), interpolation=cv2.INTER_AREA)
    if grey.shape[::-1] != small:
        grey = cv2.resize(grey, small, interpolation=cv2.INTER_LINEAR)
    return Reduced(np.asarray(grey, dtype=np.uint8), (width, height))


def estimate_motion(
    previous_image: Picture,
    image: Picture,
    boxes_previous: Boxes,
    source_size: tuple[int, int] | None = None,
) -> Motion:
    """Estimate the camera's motion from one picture to the next.

    Args:
        previous_image, image: (H, W, 3) uint8 blue green red, of one size.
        boxes_previous: (n, 4) people in the previous picture, in source pixels.
        source_size: width and height in whose pixels boxes and motion are given; None for the images' own.
    """
    previous, now = reduce_picture(previous_image), reduce_picture(image)
    return motion_between(previous, now, boxes_previous, source_size)


def motion_between(
    previous: Reduced,
    now: Reduced,
    boxes_previous: Boxes,
    source_size: tuple[int, int] | None = None,
) -> Motion:
    """Estimate the motion between two reduced pictures; arguments as in `estimate_motion`."""
    still = Motion(np.eye(2, 3), cut=False)
    if previous.grey.shape != now.grey.shape:
        return Motion(np.eye(2, 3), cut=True)
    height, width = now.grey.shape
    across, down = source_size or now.size
    factors = np.array([across / width, down / height])
    people = np.asarray(boxes_previous, dtype=np.float64).reshape(-1, 4) / np.tile(factors, 2)
    ground = _ground(people, (width, height))
    if _stands_still(previous.grey, now.grey, ground):
        return still
    old, new = _follow_corners(previous.grey, now.grey, ground)
    matrix, agreeing = _fit(old, new, factors)
    if agreeing >= max(FEWEST, CUT_AGREEMENT * len(old)):
        return Motion(matrix, cut=False)
    if _differs(previous.grey, now.grey):
        return Motion(np.eye(2, 3), cut=True)
    return Motion(_shift(previous.grey, now.grey, factors), cut=False)


def _ground(people: Array, size: tuple[int, int]) -> Picture:
    """Return a mask of what is not a person: (h, w), 255 or 0."""
    mask = np.full((size[1], size[0]), 255, dtype=np.uint8)
    for x1, y1, x2, y2 in people:
        left, top = max(0, int(x1) - AROUND), max(0, int(y1) - AROUND)
        mask[top : max(0, int(y2) + AROUND), left : max(0, int(x2) + AROUND)] = 0
    return mask


def _stands_still(before: Picture, after: Picture, ground: Picture) -> bool:
    """Whether nearly all textured cells off the people stay where they are."""
    # A quarter of the pixels is enough to see that a camera clearly moves.
    rough = _cell_shifts(before[::2, ::2], after[::2, ::2], ground[::2, ::2], CELL // 2)
    if rough is not None and np.median(rough) * 2 > CLEARLY:
        return False
    moved = _cell_shifts(before, after, ground, CELL)
    if moved is None:
        return bool(cv2.norm(before, after, cv2.NORM_L1) < 0.5 * before.size)
    return bool(np.median(moved) < STILL and (moved < 3 * STILL).mean() > 0.7)


def _cell_shifts(before: Picture, after: Picture, ground: Picture, side: int) -> NDArray[np.float32] | None:
    """Return by how many pixels each textured cell of so many pixels moved; None where too few have texture.

    One step of Lucas and Kanade for each cell: the shift that explains the change of grey by its slope.
    """
    before, after = np.ascontiguousarray(before), np.ascontiguousarray(after)
    rows, columns = before.shape[0] // side, before.shape[1] // side
    inner = np.s_[: rows * side, : columns * side]
    mean = cv2.addWeighted(before, 0.5, after, 0.5, 0)
    across = cv2.Scharr(mean, cv2.CV_32F, 1, 0, scale=1 / 32)[inner]
    down = cv2.Scharr(mean, cv2.CV_32F, 0, 1, scale=1 / 32)[inner]
    change = cv2.subtract(after, before, dtype=cv2.CV_32F)[inner]
    use = cv2.threshold(ground[inner], 0, 1, cv2.THRESH_BINARY)[1].astype(np.float32)

    def cells(values: cv2.typing.MatLike) -> NDArray[np.float32]:
        return np.asarray(cv2.resize(values, (columns, rows), interpolation=cv2.INTER_AREA), np.float32)

    count = cells(use)
    used_across, used_down = cv2.multiply(across, use), cv2.multiply(down, use)
    xx, yy, xy, xt, yt = (
        cells(cv2.multiply(one, other))
        for one, other in (
            (used_across, across),
            (used_down, down),
            (used_across, down),
            (used_across, change),
            (used_down, change),
        )
    )
    textured = (count > 0.6) & (np.minimum(xx, yy) > TEXTURE / 10) & (xx + yy > TEXTURE)
    if textured.sum() < 6:
        return None
    xx, yy, xy, xt, yt = (one[textured] for one in (xx, yy, xy, xt, yt))
    determinant = np.maximum(xx * yy - xy * xy, 1e-8)
    moved = np.hypot((yy * xt - xy * yt) / determinant, (xx * yt - xy * xt) / determinant)
    return np.asarray(moved, np.float32)


def _follow_corners(before: Picture, after: Picture, ground: Picture) -> tuple[Array, Array]:
    """Return corners (n, 2) of the first picture and where they are in the second, nan where lost."""
    # A quarter of the pixels is enough to choose places that can be followed.
    half = cv2.pyrDown(before)
    found = cv2.goodFeaturesToTrack(
        half, CORNERS, 0.005, SPACING / 2, mask=np.ascontiguousarray(ground[::2, ::2]), blockSize=3
    )
    # None where there is no corner at all, whatever OpenCV's type hints say.
    if found is None or not len(found):
        return np.zeros((0, 2)), np.zeros((0, 2))
    corners = 2 * np.asarray(found, dtype=np.float32)
    ends = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 10, 0.03)
    there, seen, _ = cv2.calcOpticalFlowPyrLK(
        before, after, corners, corners.copy(), winSize=WINDOW, maxLevel=3, criteria=ends
    )
    back, returned, _ = cv2.calcOpticalFlowPyrLK(
        after, before, there, corners.copy(), winSize=WINDOW, maxLevel=3, criteria=ends
    )
    miss = np.linalg.norm((back - corners)[:, 0], axis=1)
    good = (seen[:, 0] > 0) & (returned[:, 0] > 0) & (miss < RETURNED)
    landed = np.where(good[:, None], there[:, 0], np.nan)
    return corners[:, 0].astype(np.float64), landed.astype(np.float64)


def _fit(old: Array, new: Array, factors: Array) -> tuple[Array, int]:
    """Fit a similarity in source pixels; return it and how many corners agree.

    Positions of pixels count from the picture's corner, as those of boxes do.
    """
    found = np.isfinite(new[:, 0])
    first, second = (old[found] + 0.5) * factors, (new[found] + 0.5) * factors
    tolerance = AGREEMENT * float(factors.mean())
    matrix, inside = _similarity(first, second, tolerance)
    middle = first.mean(axis=0) if len(first) else np.zeros(2)
    moved = float(np.linalg.norm(matrix @ np.array([*middle, 1.0]) - middle))
    others = ~inside
    if moved < tolerance and others.sum() > max(FEWEST, OVERLAY_SHARE * len(first)):
        moving, agreeing = _similarity(first[others], second[others], tolerance)
        if agreeing.sum() > OVERLAY_SHARE * len(first) and agreeing.mean() > 0.6:
            return moving, int(agreeing.sum())
    return matrix, int(inside.sum())


def _similarity(first: Array, second: Array, tolerance: float) -> tuple[Array, NDArray[np.bool_]]:
    """Return the similarity most points (n, 2) follow, and which (n,) do: none when there is none."""
    nobody = np.zeros(len(first), dtype=bool)
    if len(first) < FEWEST:
        return np.eye(2, 3), nobody
    fitted, inside = cv2.estimateAffinePartial2D(
        first, second, method=cv2.RANSAC, ransacReprojThreshold=tolerance, refineIters=10
    )
    # None where no two points agree, whatever OpenCV's type hints say.
    matrix = np.zeros((2, 3)) if fitted is None else np.asarray(fitted, dtype=np.float64)
    zoom = float(np.hypot(matrix[0, 0], matrix[1, 0]))
    if not 1 / LARGEST_ZOOM < zoom < LARGEST_ZOOM:
        return np.eye(2, 3), nobody
    return matrix, np.asarray(inside)[:, 0] > 0


def _differs(before: Picture, after: Picture) -> bool:
    """Whether two pictures between which nothing could be followed are of different shots."""
    first = cv2.resize(before, (32, 18), interpolation=cv2.INTER_AREA).astype(np.float32)
    second = cv2.resize(after, (32, 18), interpolation=cv2.INTER_AREA).astype(np.float32)
    greys = [np.bincount(one.ravel() >> 3, minlength=32) / one.size for one in (before, after)]
    distance = 0.5 * float(np.abs(greys[0] - greys[1]).sum())
    contrast = float(first.std()), float(second.std())
    if min(contrast) < 2:
        return distance > CUT_GREYS or max(contrast) > 4
    padded = cv2.copyMakeBorder(first, 4, 4, 8, 8, cv2.BORDER_REPLICATE)
    alike = float(cv2.matchTemplate(padded, second, cv2.TM_CCOEFF_NORMED).max())
    return distance > CUT_GREYS or alike < CUT_LAYOUT


def _shift(before: Picture, after: Picture, factors: Array) -> Array:
    """Estimate a mere shift of the whole picture, for pans too blurred for corners."""
    first, second = before.astype(np.float32), after.astype(np.float32)
    window = cv2.createHanningWindow((before.shape[1], before.shape[0]), cv2.CV_32F)
    (across, down), peak = cv2.phaseCorrelate(first, second, window)
    matrix = np.eye(2, 3)
    if peak > 0.1:
        matrix[:, 2] = np.array([across, down]) * factors
    return matrix
