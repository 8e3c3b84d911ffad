"""One sample game: any frame of it, the boxes of everybody in it, and the truth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from shiftclipper.errors import UserError
from shiftclipper.sample import truth as facts
from shiftclipper.sample.camera import Panning, View, fixed_view, panning_view
from shiftclipper.sample.figures import Projected, Wear, draw_person, draw_shadow, project
from shiftclipper.sample.looks import Colour, Kit, colour, make_kits, make_light
from shiftclipper.sample.moments import Moments
from shiftclipper.sample.play import play_game
from shiftclipper.sample.rink import make_rink
from shiftclipper.sample.roster import make_roster
from shiftclipper.sample.scenery import Scenery
from shiftclipper.sample.skeleton import Movement, bodies

Array = NDArray[np.float64]
Image = NDArray[np.uint8]
CameraKind = Literal["fixed", "pan"]

_Layer = tuple[Image, Image, tuple[slice, slice]]
"""A part of a picture: colours, how much of what lies below shines through, and where it is."""
_BENCH_LIGHT = 0.8
"""Benches lie in the boards' and the stand's shade."""


class Game:
    """A drawn hockey game. Frames come in any order; the same arguments give the same pictures.

    Args:
        seed: decides everything: rink, light, colours, people, play, camera.
        seconds: length of the game.
        camera: "fixed" sees the whole ice, "pan" follows the play.
        size: width and height of the picture in pixels.
        fps: frames a second.
    """

    def __init__(
        self,
        seed: int = 7,
        seconds: float = 60.0,
        camera: CameraKind = "fixed",
        size: tuple[int, int] = (1280, 720),
        fps: int = 30,
    ) -> None:
        """Play the whole game and paint what stands still.

        Raises:
            UserError: for a camera, length, size or rate that cannot be drawn.
        """
        _refuse(seed, seconds, camera, size, fps)
        self.seed, self.seconds, self.camera = seed, float(seconds), camera
        self.size, self.fps = size, fps
        self.frames = round(seconds * fps)
        look, people, play, lens, paint, choice = np.random.SeedSequence(seed).spawn(6)
        rng = np.random.default_rng(look)
        self.rink = make_rink(rng)
        self.light = make_light(rng)
        kits = make_kits(rng)
        self.roster = make_roster(np.random.default_rng(people))
        self.motion = play_game(np.random.default_rng(play), self.rink, self.roster, self.seconds)
        self.moments = Moments(self.motion, self.roster.people)
        self.target = facts.choose_target(np.random.default_rng(choice), self.motion, self.seconds)
        """Index of the player to find."""
        self._views = self._set_up_camera(np.random.default_rng(lens))
        self.wears = self._dress(np.random.default_rng(paint), kits)
        views = [self._fixed] if self._views is None else [self.view(i) for i in range(0, self.frames, 5)]
        self.scenery = Scenery(paint, self.rink, self.light, views)
        self._height = np.array([p.height for p in self.roster.people])
        self._goalie = np.array([p.role == "goalie" for p in self.roster.people])
        self._ids = np.array([p.id for p in self.roster.people])
        self._seated_key: tuple[int, ...] = ()
        self._seated_layer: _Layer | None = None
        self._far_bench = self.rink.benches[0].side > 0

    def _set_up_camera(self, rng: np.random.Generator) -> Panning | None:
        length, width = self.rink.length, self.rink.width
        if self.camera == "fixed":
            self._fixed = fixed_view(rng, length, width, self.size)
            return None
        track = np.array([self.moments.puck(i / self.fps) for i in range(self.frames)])
        return panning_view(rng, length, width, track, self.fps, self.size)

    def view(self, i: int) -> View:
        """The camera at frame i."""
        return self._views.view(i) if self._views is not None else self._fixed

    def _dress(self, rng: np.random.Generator, kits: Sequence[Kit]) -> list[Wear]:
        wears = []
        for person in self.roster.people:
            kit = kits[{"home": 0, "away": 1, "none": 2}[person.team]]
            if person.role == "coach":
                kit = _street_clothes(rng)
            skin = colour(0.06, rng.uniform(0.25, 0.5), rng.uniform(0.45, 0.9))
            wears.append(Wear(kit, person.number, skin, person.role == "goalie", person.role == "coach"))
        return wears

    def _seen(self, move: Movement, view: View, index: NDArray[np.intp]) -> Projected:
        """Those of `index`, in this order, as `view` sees them."""
        some = move.pick(index)
        return project(bodies(some), some.heading, some.goalie, view)

    def people(self, i: int) -> tuple[Projected, NDArray[np.bool_], NDArray[np.bool_]]:
        """Everybody as they would be drawn in frame i, who is on the ice, and who is in the picture."""
        time = i / self.fps
        move = self.moments.at(time)
        seen = self._seen(move, self.view(i), np.arange(len(move.heading)))
        return seen, self.moments.on_ice(time), _in_picture(seen.boxes, self.size)

    def truth(self) -> dict[str, object]:
        """The contents of truth.json, as the contract lays down."""
        return facts.truth(self)

    def setup(self) -> dict[str, object]:
        """The contents of setup.json: the target, with one click inside each of his shifts."""
        return facts.setup(self)

    def shares(self) -> dict[str, float]:
        """How hard the game is; names say what, parts of one, seconds, m/s and pixels."""
        return facts.shares(self)

    def frame(self, i: int) -> Image:
        """Frame i as (H, W, 3) uint8 BGR.

        Raises:
            IndexError: there is no frame i.
        """
        if not 0 <= i < self.frames:
            raise IndexError(f"frame {i} of {self.frames}")
        time, view = i / self.fps, self.view(i)
        move, on_ice = self.moments.at(time), self.moments.on_ice(time)
        stored = self.moments.sitting(time) & (self._views is None)
        near = _near_picture(move, view)
        index = np.flatnonzero(near & ~stored)
        seen = self._seen(move, view, index)
        inside = _in_picture(seen.boxes, self.size)
        order = [int(k) for k in np.argsort(-seen.depth.mean(axis=1)) if inside[k]]
        walking = [(k, int(index[k])) for k in order if not on_ice[index[k]]]
        players = [(k, int(index[k])) for k in order if on_ice[index[k]]]
        seated = np.flatnonzero(near & stored)

        image = self.scenery.background(view)
        if self._far_bench:
            self._draw_bench(image, seen, walking, move, seated, i)
            self.scenery.draw_bench_boards(image, view)
        ground, _depth = view.project(np.column_stack([move.place, np.zeros(len(move.place))]))
        for k, person in players:
            height, dark = self._height[person], self.light.shadow
            draw_shadow(image, ground[person], float(seen.metre[k]), height, dark)
        self._draw_puck(image, i, view)
        for k, person in players:
            draw_person(image, seen, k, self.wears[person], self.light.people)
        self.scenery.draw_near_boards(image, view)
        if not self._far_bench:
            self._draw_bench(image, seen, walking, move, seated, i)
        return self.scenery.develop(image, i)

    def _draw_bench(
        self,
        image: Image,
        seen: Projected,
        walking: Sequence[tuple[int, int]],
        move: Movement,
        seated: NDArray[np.intp],
        i: int,
    ) -> None:
        """Draw people who are off the ice; those who sit before a fixed camera as one stored layer."""
        if len(seated):
            key = (i // self.fps, *seated.tolist())
            if key != self._seated_key or self._seated_layer is None:
                self._seated_key = key
                self._seated_layer = self._paint_seated(move, seated, self.view(i))
            colours, through, part = self._seated_layer
            patch = image[part]
            cv2.multiply(patch, through, dst=patch, scale=1 / 255)
            cv2.add(patch, colours, dst=patch)
        light = _BENCH_LIGHT * self.light.people
        for k, person in walking:
            draw_person(image, seen, k, self.wears[person], light, legs_hidden=self._far_bench)

    def _paint_seated(self, move: Movement, seated: NDArray[np.intp], view: View) -> _Layer:
        """The seated as a layer, to be kept until one comes or goes, at most for a second.

        Drawn once on black and once on white, they give their colour and what shines through.
        """
        seen = self._seen(move, view, seated)
        width, height = self.size
        low = np.clip(seen.boxes[:, :2].min(axis=0) - 40, 0, None).astype(int)
        high = np.clip(seen.boxes[:, 2:].max(axis=0) + 40, 0, [width, height]).astype(int)
        part = (slice(int(low[1]), int(high[1])), slice(int(low[0]), int(high[0])))
        black: Image = np.zeros((height, width, 3), np.uint8)
        white: Image = np.full((height, width, 3), 255, np.uint8)
        light = _BENCH_LIGHT * self.light.people
        for k in map(int, np.argsort(-seen.depth.mean(axis=1))):
            wear = self.wears[int(seated[k])]
            for ground in (black, white):
                draw_person(ground, seen, k, wear, light, legs_hidden=self._far_bench)
        through = np.asarray(cv2.subtract(white[part], black[part]), np.uint8)
        return black[part].copy(), through, part

    def _draw_puck(self, image: Image, i: int, view: View) -> None:
        place = np.array([*self.moments.puck(i / self.fps), 0.02])
        pixel, depth = view.project(place)
        if np.abs(pixel).max() > 8000:
            return
        size = view.focal / float(depth) * 0.045
        centre = (round(float(pixel[0]) * 16), round(float(pixel[1]) * 16))
        axes = (max(8, round(size * 16)), max(6, round(size * 9)))
        cv2.ellipse(image, centre, axes, 0, 0, 360, (30, 30, 30), -1, cv2.LINE_AA, 4)

    def boxes(self, i: int) -> tuple[NDArray[np.str_], NDArray[np.float32], Array, NDArray[np.bool_]]:
        """Everybody in picture i.

        Returns:
            ids (n,) as in the truth (coaches have ids that the truth does not name); boxes
            (n, 4) x1 y1 x2 y2 in pixels, helmet to skates without the stick, cut off at the
            picture's edges; the share of each box (n,) that nobody nearer, no board and no edge
            hides; and who is on the ice (n,).
        """
        seen, on_ice, inside = self.people(i)
        visible = self._visible(seen, on_ice, self.view(i))
        width, height = self.size
        cut = np.clip(seen.boxes, 0, [width, height, width, height])
        return self._ids[inside], cut[inside].astype(np.float32), visible[inside], on_ice[inside]

    def _visible(self, seen: Projected, on_ice: NDArray[np.bool_], view: View) -> Array:
        """Share of each box that is not hidden, counted on a grid of points."""
        boxes = seen.boxes
        us, vs = np.meshgrid((np.arange(6) + 0.5) / 6, (np.arange(10) + 0.5) / 10)
        x = boxes[:, None, 0] + us.ravel() * (boxes[:, None, 2] - boxes[:, None, 0])
        y = boxes[:, None, 1] + vs.ravel() * (boxes[:, None, 3] - boxes[:, None, 1])
        hidden = (x < 0) | (x >= self.size[0]) | (y < 0) | (y >= self.size[1])
        depth = seen.depth.mean(axis=1)
        # A body fills about the middle two thirds of its box.
        slim = (boxes[:, 2] - boxes[:, 0]) * 0.15
        for k in range(len(boxes)):
            nearer = depth > depth[k]
            within = (
                (x > boxes[k, 0] + slim[k])
                & (x < boxes[k, 2] - slim[k])
                & (y > boxes[k, 1])
                & (y < boxes[k, 3])
            )
            hidden |= within & nearer[:, None]
        hidden |= self.scenery.hides(view, x, y, on_ice)
        share: Array = 1.0 - hidden.mean(axis=1)
        return share


def _refuse(seed: int, seconds: float, camera: str, size: tuple[int, int], fps: int) -> None:
    """Raise UserError for what cannot be drawn."""
    if seed < 0:
        raise UserError(f"A seed of {seed} cannot be: give a whole number from 0.")
    if camera not in ("fixed", "pan"):
        raise UserError(f"There is no camera '{camera}' here: choose fixed or pan.")
    if not 5 <= seconds <= 4 * 3600:
        raise UserError(f"A sample of {seconds:g} s cannot be made: ask for 5 to 14400 s.")
    width, height = size
    if not (320 <= width <= 3840 and 180 <= height <= 2160) or width % 2 or height % 2:
        raise UserError(
            f"A sample of {width}x{height} cannot be drawn: ask for even sizes, 320x180 to 3840x2160."
        )
    if not 5 <= fps <= 120:
        raise UserError(f"{fps} frames a second cannot be drawn: ask for 5 to 120.")


def _in_picture(boxes: Array, size: tuple[int, int]) -> NDArray[np.bool_]:
    width, height = size
    result: NDArray[np.bool_] = (
        (boxes[:, 2] > 2) & (boxes[:, 0] < width - 2) & (boxes[:, 3] > 2) & (boxes[:, 1] < height - 2)
    )
    return result


def _near_picture(move: Movement, view: View) -> NDArray[np.bool_]:
    """Who might be seen at all, roughly and generously, (n,)."""
    waist = np.column_stack([move.place, np.ones(len(move.place))])
    pixels, depth = view.project(waist)
    reach = 2.6 * view.focal / depth
    width, height = view.size
    across = (pixels[:, 0] > -reach) & (pixels[:, 0] < width + reach)
    result: NDArray[np.bool_] = across & (pixels[:, 1] > -reach) & (pixels[:, 1] < height + reach)
    return result & (depth > 0.5)


def _street_clothes(rng: np.random.Generator) -> Kit:
    coat: Colour = colour(rng.uniform(0, 1), rng.uniform(0, 0.4), rng.uniform(0.08, 0.35))
    dark: Colour = colour(0.6, 0.2, 0.15)
    return Kit(coat, coat, coat, False, dark, dark, dark, dark, dark)
