"""Training pictures out of frames: crops and mosaics at many scales, recoloured and spoilt.

Bodies are copied next to others. Spoiling imitates what hockey films go through: dark halls, safety
nets and glass in front of the lens, panning blur, cheap sensors, hard compression, and jerseys of
every colour.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from data import LEVELS, Frame
from numpy.random import Generator
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Boxes = NDArray[np.float32]

SCALES = (0.42, 1.7)
"""Smallest and largest width of a whole frame, in units of 640 pixels."""
MOSAIC_BELOW = 0.75
"""Frames scaled below this leave room in a crop: four of them share it."""
LOWEST = 11.0
"""A frame is not made so small that its middling body gets lower than this, in pixels."""
AIMED = 0.6
"""Share of windows that are laid around a person; the others show stands, ceilings and empty ice."""
LEAST_VISIBLE = 0.5
"""A body of which a crop keeps less is ignored."""
LEAST_HEIGHT = 9.0
"""A body lower than this, in pixels, is ignored."""


def place(
    frame: Frame, size: tuple[int, int], scale: float, rng: Generator
) -> tuple[Picture, NDArray[np.float32]]:
    """Cut a window of size (w, h) out of a frame.

    Args:
        scale: width of the whole frame in units of 640 pixels.
    Returns:
        The picture (h, w, 3) and rows (N, 7): x1 y1 x2 y2 of the bodies in it, sure, ignored, role.
    """
    width, height = size
    level = next((k for k in (1, 0) if LEVELS[k][0] >= 640 * scale * 0.95), 0)
    picture = frame.levels[level]
    stretch = float(rng.uniform(0.92, 1.08))
    across, down = 640 * scale * stretch, 640 * scale / stretch
    bodies = frame.bodies * np.array([across, down, across, down], np.float32)
    full_height = down * LEVELS[0][1] / LEVELS[0][0]
    if len(bodies) and rng.random() < AIMED:
        body = bodies[rng.integers(len(bodies))]
        x = (body[0] + body[2]) / 2 - width * rng.uniform(0.15, 0.85)
        y = (body[1] + body[3]) / 2 - height * rng.uniform(0.15, 0.85)
    else:
        x = rng.uniform(min(0.0, across - width), max(0.0, across - width))
        y = rng.uniform(min(0.0, full_height - height), max(0.0, full_height - height))
    x = float(np.clip(x, min(0.0, across - width), max(0.0, across - width)))
    y = float(np.clip(y, min(0.0, full_height - height), max(0.0, full_height - height)))
    unit = LEVELS[level][0]
    matrix = np.array([[across / unit, 0, -x], [0, down / unit, -y]])
    bodies = bodies - np.array([x, y, x, y], np.float32)
    if rng.random() < 0.5:
        matrix[0] = -matrix[0]
        matrix[0, 2] += width - 1
        bodies = bodies[:, [2, 1, 0, 3]] * np.array([-1, 1, -1, 1], np.float32)
        bodies[:, [0, 2]] += width
    out = cv2.warpAffine(picture, matrix, size, flags=cv2.INTER_LINEAR)
    return np.asarray(out, np.uint8), clip_rows(bodies, frame, size)


def clip_rows(bodies: Boxes, frame: Frame, size: tuple[int, int]) -> NDArray[np.float32]:
    """Keep what a window (w, h) shows of a frame's bodies, already moved into it.

    Returns:
        Rows (N, 7): x1 y1 x2 y2, sure, ignored, role.
    """
    limit = np.array([*size, *size], np.float32)
    clipped = np.clip(bodies, 0, limit)
    area = np.prod(bodies[:, 2:] - bodies[:, :2], axis=1)
    inside = np.prod(clipped[:, 2:] - clipped[:, :2], axis=1)
    share = inside / np.maximum(area, 1e-6)
    drop = frame.ignored | (share < LEAST_VISIBLE) | (clipped[:, 3] - clipped[:, 1] < LEAST_HEIGHT)
    rows = np.column_stack([clipped, frame.sure, drop, frame.roles]).astype(np.float32)
    return rows[share > 0.02]


def compose(
    draw: Callable[[], Frame], size: tuple[int, int], rng: Generator
) -> tuple[Picture, NDArray[np.float32]]:
    """One training picture of size (w, h) and its rows (N, 7), as of `place`, spoilt at random."""
    scale = float(np.exp(rng.uniform(np.log(SCALES[0]), np.log(SCALES[1]))))
    if scale >= MOSAIC_BELOW:
        frame = draw()
        picture, rows = place(frame, size, max(scale, least_scale(frame)), rng)
    else:
        width, height = size
        x, y = round(width * rng.uniform(0.4, 0.6)), round(height * rng.uniform(0.35, 0.65))
        picture, parts = np.zeros((height, width, 3), np.uint8), []
        for left, top, right, bottom in (
            (0, 0, x, y), (x, 0, width, y), (0, y, x, height), (x, y, width, height),
        ):  # fmt: skip
            frame = draw()
            room = (right - left, bottom - top)
            tile, found = place(frame, room, max(scale, least_scale(frame)), rng)
            picture[top:bottom, left:right] = tile
            found[:, :4] += np.array([left, top, left, top], np.float32)
            parts.append(found)
        rows = np.concatenate(parts)
    if rng.random() < 0.35:
        rows = crowd(picture, rows, rng)
    if rng.random() < 0.4:
        recolour_jerseys(picture, rows, rng)
    return spoil(picture, rng), rows


def least_scale(frame: Frame) -> float:
    """Smallest scale at which a frame's people can still be made out, within SCALES."""
    if not len(frame.bodies):
        return SCALES[0]
    height = float(np.median(frame.bodies[:, 3] - frame.bodies[:, 1]))
    return min(LOWEST / (640 * height), SCALES[1])


def crowd(picture: Picture, rows: NDArray[np.float32], rng: Generator) -> NDArray[np.float32]:
    """Copy a few bodies to beside and before others of the picture, in place.

    Knots of players are what a detector finds hardest, and what labelled frames hold few of.

    Returns:
        The rows with those of the copies; bodies of whom little still shows are ignored in them.
    """
    whole = np.flatnonzero((rows[:, 5] == 0) & (rows[:, 4] > 0.5) & (rows[:, 3] - rows[:, 1] >= 12))
    if len(whole) < 2:
        return rows
    height, width = picture.shape[:2]
    rows = rows.copy()
    for _ in range(int(rng.integers(1, 5))):
        source, target = rows[rng.choice(whole)], rows[rng.choice(whole)]
        cut = cut_out(picture, source)
        if cut is None:
            continue
        patch, alpha = cut
        tall = float(target[3] - target[1]) * rng.uniform(0.9, 1.12)
        size = (max(round(patch.shape[1] * tall / patch.shape[0]), 3), max(round(tall), 6))
        patch, alpha = (np.asarray(cv2.resize(one, size)) for one in (patch, alpha))
        if rng.random() < 0.5:
            patch, alpha = patch[:, ::-1], alpha[:, ::-1]
        middle = (target[0] + target[2]) / 2 + rng.choice((-1, 1)) * rng.uniform(0.15, 0.8) * tall
        left, top = round(middle - size[0] / 2), round(target[3] - tall + rng.uniform(-0.05, 0.2) * tall)
        if left < 0 or top < 0 or left + size[0] > width or top + size[1] > height:
            continue
        part = picture[top : top + size[1], left : left + size[0]]
        part[:] = np.clip(part + (patch - part.astype(np.float32)) * alpha[..., None], 0, 255)
        box = np.array([left, top, left + size[0], top + size[1]], np.float32)
        hidden = np.prod(
            np.maximum(np.minimum(rows[:, 2:4], box[2:]) - np.maximum(rows[:, :2], box[:2]), 0), 1
        )
        rows[hidden > 0.65 * np.prod(rows[:, 2:4] - rows[:, :2], axis=1), 5] = 1
        rows = np.concatenate([rows, [[*box, source[4], 0.0, source[6]]]]).astype(np.float32)
    return rows


def cut_out(picture: Picture, row: NDArray[np.float32]) -> tuple[Picture, NDArray[np.float32]] | None:
    """A body's box and how much of each pixel is the body, told from the ice; None if it cannot be.

    Args:
        row: x1 y1 x2 y2 and more, in pixels.
    Returns:
        (h, w, 3) uint8 and (h, w) float32 0..1.
    """
    left, top, right, bottom = (max(round(float(side)), 0) for side in row[:4])
    patch = picture[top:bottom, left:right].copy()
    if patch.shape[0] < 8 or patch.shape[1] < 4:
        return None
    edge = np.concatenate([patch[:, 0], patch[:, -1]]).astype(np.float32)
    away = np.abs(patch.astype(np.float32) - np.median(edge, axis=0)).max(axis=2)
    alpha = np.clip((away - 10) / 25, 0, 1)
    if not 0.25 < float(alpha.mean()) < 0.85 or float(edge.std(axis=0).max()) > 40:
        return None
    size = (patch.shape[1], patch.shape[0])
    body = np.zeros((size[1], size[0]), np.float32)
    cv2.ellipse(
        body, (size[0] // 2, size[1] // 2), (round(0.34 * size[0]), round(0.47 * size[1])), 0, 0, 360, 1.0, -1
    )
    # White on white: the middle of the box is the body whatever its colour.
    alpha = np.maximum(alpha, 0.9 * body).astype(np.float32)
    return patch, np.asarray(cv2.blur(alpha, (3, 3)), np.float32)


def recolour_jerseys(picture: Picture, rows: NDArray[np.float32], rng: Generator) -> None:
    """Tint the torsos of some bodies, in place, in one or two colours."""
    colours = rng.uniform(0, 255, (2, 3))
    if rng.random() < 0.3:
        colours[0] = rng.uniform(200, 250)  # white on white is what is missed most
    for x1, y1, x2, y2 in rows[:, :4]:
        if rng.random() < 0.4:
            continue
        height = y2 - y1
        top, bottom = round(y1 + 0.14 * height), round(y1 + 0.6 * height)
        left, right = round(x1), round(x2)
        patch = picture[top:bottom, left:right]
        if patch.shape[0] < 4 or patch.shape[1] < 4:
            continue
        mask = np.zeros(patch.shape[:2], np.float32)
        centre = (patch.shape[1] // 2, patch.shape[0] // 2)
        cv2.ellipse(mask, centre, (round(0.36 * patch.shape[1]), centre[1]), 0, 0, 360, 1.0, -1)
        mask = cv2.blur(mask, (3, 3))[..., None] * rng.uniform(0.4, 0.9)
        shade = patch.mean(axis=2, keepdims=True) / 255
        tinted = colours[rng.integers(2)] * (0.55 + 0.6 * shade)
        patch[:] = np.clip(patch * (1 - mask) + tinted * mask, 0, 255).astype(np.uint8)


def spoil(picture: Picture, rng: Generator) -> Picture:
    """Light, colour, blur, noise, compression, nets and glass."""
    if rng.random() < 0.18:
        picture = overlay_net(picture, rng)
    if rng.random() < 0.12:
        picture = overlay_glass(picture, rng)
    picture = relight(picture, rng)
    chance = rng.random()
    if chance < 0.15:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.4, 1.4)), np.uint8)
    elif chance < 0.25:
        picture = drag(picture, rng)
    elif chance < 0.35:
        height, width = picture.shape[:2]
        share = rng.uniform(0.5, 0.8)
        small = cv2.resize(picture, (round(width * share), round(height * share)))
        picture = np.asarray(cv2.resize(small, (width, height)), np.uint8)
    if rng.random() < 0.3:
        noise = rng.normal(0, rng.uniform(2, 12), picture.shape[:2])[..., None]
        picture = np.clip(picture + noise, 0, 255).astype(np.uint8)
    if rng.random() < 0.35:
        picture = squeeze(picture, rng)
    return picture


def drag(picture: Picture, rng: Generator) -> Picture:
    """The blur of a moving camera: along a line, mostly level."""
    length = int(rng.integers(3, 9))
    angle = rng.normal(0, 0.3) if rng.random() < 0.75 else rng.uniform(0, np.pi)
    middle, reach = length // 2, length / 2
    kernel = np.zeros((length, length), np.float32)
    ends = [
        (round(middle + k * reach * np.cos(angle)), round(middle + k * reach * np.sin(angle)))
        for k in (-1, 1)
    ]
    cv2.line(kernel, ends[0], ends[1], 1.0)
    return np.asarray(cv2.filter2D(picture, -1, kernel / kernel.sum()), np.uint8)


def squeeze(picture: Picture, rng: Generator) -> Picture:
    """What a starved video encoder leaves: blocks without detail, colour at half the size.

    JPEG's quantisation on an enlarged picture acts on blocks as large as H.264's.
    """
    height, width = picture.shape[:2]
    factor = float(rng.choice((1.0, 1.0, 2.0)))
    large = cv2.resize(picture, None, fx=factor, fy=factor) if factor > 1 else picture
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(8, 40) if factor > 1 else rng.integers(18, 75))]
    decoded = cv2.imdecode(cv2.imencode(".jpg", large, quality)[1], cv2.IMREAD_COLOR)
    if factor > 1:
        decoded = cv2.resize(decoded, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(decoded, np.uint8)


def relight(picture: Picture, rng: Generator) -> Picture:
    """Hue, saturation, white balance, contrast, brightness, gamma."""
    pixels = picture.astype(np.float32)
    if rng.random() < 0.5:
        grey = pixels.mean(axis=2, keepdims=True)
        saturation = 0.0 if rng.random() < 0.08 else rng.uniform(0.4, 1.6)
        pixels = grey + (pixels - grey) * saturation
    if rng.random() < 0.15:
        pixels = pixels[..., rng.permutation(3)]
    pixels *= rng.uniform(0.88, 1.12, 3)
    if rng.random() < 0.7:
        mean = pixels.mean()
        pixels = (pixels - mean) * rng.uniform(0.7, 1.3) + mean * rng.uniform(0.65, 1.3)
    if rng.random() < 0.1:
        pixels *= rng.uniform(0.3, 0.65)
    pixels = np.clip(pixels, 0, 255)
    if rng.random() < 0.3:
        pixels = 255 * (pixels / 255) ** rng.uniform(0.6, 1.6)
    return pixels.astype(np.uint8)


def overlay_net(picture: Picture, rng: Generator) -> Picture:
    """A safety net close to the lens: two slanted, softened families of lines."""
    height, width = picture.shape[:2]
    lines = np.zeros((height, width), np.uint8)
    spacing = rng.uniform(6, 26)
    for upright in (True, False):
        slope = rng.uniform(-0.15, 0.15)
        count = int((width if upright else height) / spacing) + 8
        for k in range(-4, count):
            start = k * spacing + rng.normal(0, 0.4)
            if upright:
                ends = (start, 0.0), (start + slope * height, float(height))
            else:
                ends = (0.0, start), (float(width), start + slope * width)
            points = [(round(16 * a), round(16 * b)) for a, b in ends]
            cv2.line(lines, points[0], points[1], 255, 1, cv2.LINE_AA, 4)
    mask = cv2.GaussianBlur(lines, (0, 0), rng.uniform(0.4, 1.2)).astype(np.float32) / 255
    mask = (mask * rng.uniform(0.35, 1.0))[..., None]
    thread = rng.uniform(0, 80) if rng.random() < 0.75 else rng.uniform(150, 230)
    return np.clip(picture * (1 - mask) + thread * mask, 0, 255).astype(np.uint8)


def overlay_glass(picture: Picture, rng: Generator) -> Picture:
    """Glare spots, and now and then the post between two panes."""
    height, width = picture.shape[:2]
    glare = np.zeros((height, width), np.float32)
    for _ in range(int(rng.integers(1, 4))):
        centre = (int(rng.integers(width)), int(rng.integers(height)))
        axes = (int(rng.integers(10, 90)), int(rng.integers(10, 60)))
        cv2.ellipse(glare, centre, axes, float(rng.uniform(0, 180)), 0, 360, 1.0, -1)
    glare = cv2.blur(glare, (31, 31)) * rng.uniform(0.1, 0.45)
    out = picture + (255.0 - picture) * glare[..., None]
    if rng.random() < 0.5:
        left, thick = int(rng.integers(width)), int(rng.integers(2, 9))
        out[:, left : left + thick] = rng.uniform(40, 220)
    return np.clip(out, 0, 255).astype(np.uint8)
