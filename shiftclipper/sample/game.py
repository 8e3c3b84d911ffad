"""One sample game: any frame of it, the boxes of everybody in it, and the truth."""

from __future__ import annotations

from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from shiftclipper.errors import UserError
from shiftclipper.sample.camera import Panning, View, fixed_view, panning_view
from shiftclipper.sample.figures import Projected, Wear, draw_person, draw_shadow, project
from shiftclipper.sample.looks import Colour, Kit, colour, make_kits, make_light
from shiftclipper.sample.play import STEP, Motion, play_game
from shiftclipper.sample.rink import make_rink
from shiftclipper.sample import truth as facts
from shiftclipper.sample.roster import make_roster
from shiftclipper.sample.scenery import Scenery
from shiftclipper.sample.skeleton import Movement, bodies

Array = NDArray[np.float64]
Image = NDArray[np.uint8]
CameraKind = Literal["fixed", "pan"]


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
        if camera not in ("fixed", "pan"):
            raise UserError(f"There is no camera '{camera}' here: choose fixed or pan.")
        if not 5 <= seconds <= 4 * 3600:
            raise UserError(f"A sample of {seconds:g} s cannot be made: ask for 5 to 14400 s.")
        self.seed, self.seconds, self.camera = seed, float(seconds), camera
        self.size, self.fps = size, fps
        self.frames = round(seconds * fps)
        look, people, play, lens, paint, choice = np.random.SeedSequence(seed).spawn(6)
        rng = np.random.default_rng(look)
        self.rink = make_rink(rng)
        self.light = make_light(rng)
        self.kits = make_kits(rng)
        self.roster = make_roster(np.random.default_rng(people))
        self.motion = play_game(np.random.default_rng(play), self.rink, self.roster, self.seconds)
        self._stride = _strides(self.motion)
        self.target = facts.choose_target(np.random.default_rng(choice), self.motion, self.seconds)
        """Index of the player to find."""
        self._panning: Panning | None = None
        rng = np.random.default_rng(lens)
        if camera == "fixed":
            self._fixed = fixed_view(rng, self.rink.length, self.rink.width, size)
            views = [self._fixed]
        else:
            times = np.arange(self.frames) / fps
            track = np.stack(
                [
                    np.interp(times, np.arange(len(self.motion.puck)) * STEP, axis)
                    for axis in self.motion.puck.T
                ],
                axis=1,
            )
            self._panning = panning_view(rng, self.rink.length, self.rink.width, track, fps, size)
            views = [self._panning.view(i) for i in range(0, self.frames, 5)]
        self.wears = self._dress(np.random.default_rng(paint))
        self.scenery = Scenery(paint, self.rink, self.light, views)
        self._height = np.array([p.height for p in self.roster.people])
        self._breadth = np.array([p.breadth for p in self.roster.people])
        self._hand = np.array([p.hand for p in self.roster.people])
        self._goalie = np.array([p.role == "goalie" for p in self.roster.people])
        self._coach = np.array([p.role == "coach" for p in self.roster.people])
        self._ids = np.array([p.id for p in self.roster.people])

    def view(self, i: int) -> View:
        """The camera at frame i."""
        return self._panning.view(i) if self._panning is not None else self._fixed

    def _dress(self, rng: np.random.Generator) -> list[Wear]:
        wears = []
        for person in self.roster.people:
            kit = self.kits[{"home": 0, "away": 1, "none": 2}[person.team]]
            if person.role == "coach":
                kit = _street_clothes(rng)
            skin = colour(0.06, rng.uniform(0.25, 0.5), rng.uniform(0.45, 0.9))
            wears.append(Wear(kit, person.number, skin, person.role == "goalie", person.role == "coach"))
        return wears

    def _moment(self, i: int) -> tuple[Movement, NDArray[np.bool_]]:
        """Everybody's movement at frame i, and who is on the ice."""
        motion = self.motion
        at = i / self.fps / STEP
        k = min(int(at), len(motion.position) - 2)
        share = at - k
        p0, p1 = motion.position[k], motion.position[k + 1]
        v0, v1 = motion.velocity[k] * STEP, motion.velocity[k + 1] * STEP
        s2, s3 = share**2, share**3
        place = (
            (2 * s3 - 3 * s2 + 1) * p0 + (s3 - 2 * s2 + share) * v0 + (3 * s2 - 2 * s3) * p1 + (s3 - s2) * v1
        )
        heading = motion.heading[k] * (1 - share) + motion.heading[k + 1] * share
        velocity = motion.velocity[k] * (1 - share) + motion.velocity[k + 1] * share
        first, last = max(0, k - 3), min(len(motion.velocity) - 1, k + 4)
        pull = (motion.velocity[last] - motion.velocity[first]) / ((last - first) * STEP)
        forward = np.stack([np.cos(heading), np.sin(heading)], axis=1)
        left = np.stack([-forward[:, 1], forward[:, 0]], axis=1)
        speed = np.linalg.norm(velocity, axis=1)
        phase = self._stride[k] * (1 - share) + self._stride[k + 1] * share
        slow = np.sin(i / self.fps * 1.7 + np.arange(len(speed)) * 1.9)
        push = np.sum(pull * forward, axis=1)
        effort = np.clip(speed / 3.5, 0, 1) * np.clip(0.45 + 0.35 * slow + 0.16 * push, 0.05, 1)
        on_ice = motion.on_ice[k]
        return (
            Movement(
                place,
                heading,
                speed,
                push,
                np.sum(pull * left, axis=1),
                phase,
                effort,
                np.sin(i / self.fps * 4.1 + np.arange(len(speed)) * 0.7),
                self._height,
                self._breadth,
                self._hand,
                self._goalie,
                motion.seated[k] & ~on_ice,
                ~motion.seated[k] & ~on_ice,
            ),
            on_ice,
        )

    def _people(self, i: int) -> tuple[Projected, NDArray[np.bool_], Movement, View]:
        view = self.view(i)
        move, on_ice = self._moment(i)
        move = _standing(move, self._coach)
        seen = project(bodies(move), move.heading, self._goalie, view)
        return seen, on_ice, move, view

    def people(self, i: int) -> tuple[Projected, NDArray[np.bool_], NDArray[np.bool_]]:
        """Everybody as they would be drawn in frame i, who is on the ice, and who is in the picture."""
        seen, on_ice, _move, _view = self._people(i)
        return seen, on_ice, _in_picture(seen.boxes, self.size)

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
        """Frame i as (H, W, 3) uint8 BGR."""
        seen, on_ice, move, view = self._people(i)
        image = self.scenery.background(view, i)
        order = np.argsort(-seen.depth.mean(axis=1))
        inside = _in_picture(seen.boxes, self.size)
        side = self.rink.benches[0].side
        bench = [int(k) for k in order if not on_ice[k] and inside[k]]
        if side > 0:
            for k in bench:
                draw_person(image, seen, k, self.wears[k], 0.8 * self.light.people)
            self.scenery.draw_bench_boards(image, view)
        players = [int(k) for k in order if on_ice[k] and inside[k]]
        ground, _depth = view.project(np.column_stack([move.place, np.zeros(len(move.place))]))
        for k in players:
            draw_shadow(image, ground[k], float(seen.metre[k]), self._height[k], self.light.shadow)
        self._draw_puck(image, i, view)
        for k in players:
            draw_person(image, seen, k, self.wears[k], self.light.people)
        self.scenery.draw_near_boards(image, view)
        if side < 0:
            for k in bench:
                draw_person(image, seen, k, self.wears[k], 0.8 * self.light.people)
        return self.scenery.develop(image, i)

    def _draw_puck(self, image: Image, i: int, view: View) -> None:
        at = min(int(i / self.fps / STEP), len(self.motion.puck) - 1)
        place = np.array([*self.motion.puck[at], 0.02])
        pixel, depth = view.project(place)
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
        seen, on_ice, _move, view = self._people(i)
        inside = _in_picture(seen.boxes, self.size)
        visible = self._visible(seen, on_ice, view)
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


def _in_picture(boxes: Array, size: tuple[int, int]) -> NDArray[np.bool_]:
    width, height = size
    result: NDArray[np.bool_] = (
        (boxes[:, 2] > 2) & (boxes[:, 0] < width - 2) & (boxes[:, 3] > 2) & (boxes[:, 1] < height - 2)
    )
    return result


def _standing(move: Movement, who: NDArray[np.bool_]) -> Movement:
    """The same with `who` standing instead of sitting."""
    values = {name: getattr(move, name) for name in Movement.__dataclass_fields__}
    values["seated"] = move.seated & ~who
    values["walking"] = move.walking | who
    return Movement(**values)


def _strides(motion: Motion) -> Array:
    """Phase of everybody's stride over time, (T, n) radians: quicker when faster."""
    speed = np.linalg.norm(motion.velocity, axis=2)
    start = np.arange(speed.shape[1]) * 2.4
    phase: Array = start + np.cumsum(2 * np.pi * STEP * (0.55 + 0.14 * speed), axis=0)
    return phase


def _street_clothes(rng: np.random.Generator) -> Kit:
    coat: Colour = colour(rng.uniform(0, 1), rng.uniform(0, 0.4), rng.uniform(0.08, 0.35))
    dark: Colour = colour(0.6, 0.2, 0.15)
    return Kit(coat, coat, coat, False, dark, dark, dark, dark, dark)
