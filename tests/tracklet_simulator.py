"""A seeded hockey game as tracklets: exact truth, no pictures.

People skate on a rink seen by a fixed camera from the side; lines change through bench doors; a
made-up tracker sees them as boxes at 10 Hz and breaks its tracklets at contacts, when somebody is
hidden, and now and then for no reason. Every number that decides how hard the game is lies in
`Difficulty`.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from shiftclipper.identity import Click, Constraints, GameView, Question
from shiftclipper.tracklets import COLOUR_BINS, Ending, NumberReading, Tracklet

RATE = 10.0
SIZE = (1280, 720)
LENGTH, WIDTH = 60.0, 26.0
_FOCAL, _NEAR, _HORIZON, _RAISED = 700.0, 22.0, 60.0, 12.0
_DOORS = {"home": np.array([24.0, WIDTH]), "away": np.array([36.0, WIDTH])}
_TOP_SPEED = 8.5


@dataclass(frozen=True)
class Difficulty:
    """What makes the game hard."""

    skaters: int = 15
    """Skaters of each team, in lines of five."""
    shift: tuple[float, float] = (25.0, 55.0)
    """Shortest and longest shift of a line, in seconds."""
    missed: float = 0.06
    """Share of visible people who get no box."""
    breaks: float = 0.05
    """Tracklets broken for no reason, per person and second."""
    held: float = 0.45
    """Share of contacts' beginnings and ends that do not break a tracklet."""
    swapped: float = 0.03
    """Share of contacts that the tracker passes through with the wrong person."""
    replaced: float = 0.4
    """Share of those who step off within a second of somebody else's stepping on through the same door, on
    whom the tracker goes on as if he were the same; a fixed camera's film of ten minutes had two fifths."""
    jitter: float = 0.04
    """Standard deviation of a box's sides, in its height."""
    false_rate: float = 0.3
    """Short tracklets of nobody, per second."""
    colour_noise: float = 0.35
    """Share of a torso histogram that is not jersey."""
    mixed: float = 0.0
    """Share of places in a line that somebody of another line takes, drawn anew for every shift."""
    regions: bool = True
    """Whether benches and rink are drawn."""


@dataclass
class Person:
    """Somebody in the game."""

    id: int
    team: str
    role: str
    build: float
    shifts: list[tuple[float, float]] = field(default_factory=list)


@dataclass
class SimulatedGame:
    """Tracklets with their truth."""

    seconds: float
    people: list[Person]
    tracklets: list[Tracklet]
    person_of: list[int]
    """Person of each tracklet (by index); -1 for nobody."""
    replacing: dict[int, tuple[float, int]]
    """By tracklet, the time from which it is of somebody else, and of whom."""
    view: GameView
    boxes: np.ndarray
    """(frames, people, 4) exact boxes; nan while off the ice."""
    seed: int

    def skaters(self) -> list[Person]:
        """Return those who can be asked for."""
        return [person for person in self.people if person.role == "skater"]

    def clicks(self, person: Person, count: int | None = None) -> Constraints:
        """Return one click in each shift (or in `count` of them), on a visible moment."""
        random = np.random.default_rng([self.seed, person.id, 5])
        shifts = [shift for shift in person.shifts if shift[1] - shift[0] > 3.0]
        if count is not None and count < len(shifts):
            chosen = sorted(random.choice(len(shifts), count, replace=False))
            shifts = [shifts[k] for k in chosen]
        found = [self.click_in(person, shift, random) for shift in shifts]
        return Constraints(clicks=tuple(click for click in found if click is not None))

    def number(self, person: int) -> str:
        """Return the number that a person wears; a team's numbers are all different."""
        order = np.random.default_rng([self.seed, 7]).permutation(np.arange(1, 99))
        return str(order[person])

    def readings(self, visible: float, wrong: float = 0.1) -> list[NumberReading]:
        """Return numbers read on the backs of skaters and goalies.

        Args:
            visible: share of windows of 3 s in which a person's number can be read, once.
            wrong: share of those readings that say some other number.
        """
        random = np.random.default_rng([self.seed, 8])
        found = []
        for tracklet, first in zip(self.tracklets, self.person_of, strict=True):
            if first < 0 or self.people[first].role == "official":
                continue
            windows = np.unique(np.floor(tracklet.times / 3.0))
            for window in windows:
                moment = 3.0 * (window + random.random())
                person = self.person_at(tracklet.id, moment)
                if random.random() < visible and tracklet.start <= moment <= tracklet.end:
                    read = str(random.integers(10, 99)) if random.random() < wrong else self.number(person)
                    found.append(NumberReading(tracklet.id, float(moment), read, 0.9))
        return found

    def answer(self, question: Question, person: Person) -> tuple[int | None, bool]:
        """Return which choice somebody who knows the game takes, if any, and whether the player is off."""
        box = self.boxes[min(round(question.time * RATE), len(self.boxes) - 1), person.id]
        if np.isnan(box[0]):
            return None, True
        for number, choice in enumerate(question.choices):
            shared = _covered(box, np.array([choice.box]))[0]
            if self.person_at(choice.tracklet, question.time) == person.id and shared > 0.4:
                return number, False
        return None, False

    def person_at(self, tracklet: int, time: float) -> int:
        """Return whose box a tracklet has at a moment; -1 for nobody's."""
        since, other = self.replacing.get(tracklet, (np.inf, -1))
        return other if time >= since else self.person_of[tracklet]

    def click_in(self, person: Person, shift: tuple[float, float], random) -> Click | None:
        """Return a click on a moment of a shift at which the person stands free; None when there is none."""
        inner = [
            (k, person_box)
            for k in range(int((shift[0] + 1) * RATE), int((shift[1] - 1) * RATE))
            if self._overlap(k, person.id) < 0.1 and not np.isnan((person_box := self.boxes[k, person.id])[0])
        ]
        if not inner:
            return None
        k, box = inner[int(random.integers(len(inner)))]
        middle, size = (box[:2] + box[2:]) / 2, box[2:] - box[:2]
        x, y = np.clip(middle + random.uniform(-0.15, 0.15, 2) * size, 0, SIZE)
        return Click(time=k / RATE, x=float(x), y=float(y))

    def _overlap(self, frame: int, person: int) -> float:
        boxes = self.boxes[frame]
        others = boxes[~np.isnan(boxes[:, 0]) & (np.arange(len(boxes)) != person)]
        return float(_covered(boxes[person], others).max(initial=0.0))


def simulate(seed: int, seconds: float = 180.0, hard: Difficulty | None = None) -> SimulatedGame:
    """Play a game and track it badly."""
    hard = hard or Difficulty()
    random = np.random.default_rng([seed, 1])
    people = _people(random, hard)
    present = _line_changes(random, people, seconds, hard)
    positions = _skate(random, people, present, seconds)
    boxes = _boxes(positions, people)
    tracklets, person_of, replacing = _track(random, boxes, people, hard)
    view = _view(seconds, hard)
    return SimulatedGame(seconds, people, tracklets, person_of, replacing, view, boxes, seed)


def project(ground: np.ndarray) -> np.ndarray:
    """Return x, y and pixels per metre (..., 3) of places on the ice (..., 2) in metres."""
    depth = ground[..., 1] + _NEAR
    scale = _FOCAL / depth
    x = SIZE[0] / 2 + (ground[..., 0] - LENGTH / 2) * scale
    return np.stack([x, _HORIZON + _RAISED * scale, scale], axis=-1)


def _view(seconds: float, hard: Difficulty) -> GameView:
    if not hard.regions:
        return GameView(SIZE, seconds)
    outline = [(0.0, 0.0), (LENGTH, 0.0), (LENGTH, WIDTH), (0.0, WIDTH)]
    benches = []
    for door in _DOORS.values():
        x = float(door[0])
        corners = [(x - 5, WIDTH), (x + 5, WIDTH), (x + 5, WIDTH + 2), (x - 5, WIDTH + 2)]
        benches.append(tuple(tuple(map(float, project(np.array(c))[:2])) for c in corners))
    rink = tuple(tuple(map(float, project(np.array(c))[:2])) for c in outline)
    return GameView(SIZE, seconds, rink=rink, benches=tuple(benches))


def _people(random, hard: Difficulty) -> list[Person]:
    people = []
    for team in ("home", "away"):
        people += [(team, "skater")] * hard.skaters + [(team, "goalie")]
    people += [("none", "official")] * 3
    return [
        Person(k, team, role, float(np.exp(random.normal(0, 0.04)))) for k, (team, role) in enumerate(people)
    ]


def _line_changes(random, people: list[Person], seconds: float, hard: Difficulty) -> np.ndarray:
    """Return who is meant to be on the ice, (frames, people); fills in the shifts roughly."""
    frames = int(seconds * RATE)
    present = np.zeros((frames, len(people)), dtype=bool)
    for team in ("home", "away"):
        skaters = [p.id for p in people if p.team == team and p.role == "skater"]
        lines = [skaters[k : k + 5] for k in range(0, len(skaters), 5)]
        time, line = -random.uniform(0, hard.shift[0]), int(random.integers(len(lines)))
        while time < seconds:
            length = random.uniform(*hard.shift)
            for member in _mixed(random, lines, line, hard.mixed):
                a = time + (random.uniform(0, 4) if time > 0 else 0)
                b = time + length + random.uniform(-1, 3)
                present[max(int(a * RATE), 0) : max(int(b * RATE), 0), member] = True
            time += length
            line = (line + int(random.integers(1, len(lines)))) % len(lines)
    for person in people:
        if person.role != "skater":
            present[:, person.id] = True
    return present


def _mixed(random, lines: list[list[int]], line: int, share: float) -> list[int]:
    """Return who goes on in a line's place."""
    going = list(lines[line])
    if share > 0:
        others = [one for k, some in enumerate(lines) if k != line for one in some]
        for place in np.flatnonzero(random.random(len(going)) < share):
            going[place] = others.pop(int(random.integers(len(others))))
    return going


def _skate(random, people: list[Person], present: np.ndarray, seconds: float) -> np.ndarray:
    """Return positions in metres (frames, people, 2), nan while off the ice; sets the shifts."""
    frames, n = present.shape
    doors = np.array([_DOORS.get(p.team, np.array([30.0, WIDTH])) for p in people])
    home = np.array([[random.uniform(-12, 12), random.uniform(-9, 9)] for _ in people])
    goalie = np.array([p.role == "goalie" for p in people])
    nets = np.array([[4.0 if p.team == "home" else 56.0, WIDTH / 2] for p in people])
    place = np.stack([random.uniform(10, 50, n), random.uniform(4, 22, n)], axis=1)
    place[goalie] = nets[goalie]
    speed = np.zeros((n, 2))
    on = present[0].copy()
    puck, drift = np.array([30.0, 13.0]), np.zeros(2)
    wander = np.zeros((n, 2))
    result = np.full((frames, n, 2), np.nan)
    since = np.where(on, 0.0, -1.0)
    ends = np.array([LENGTH - 1.0, WIDTH - 0.8])
    for k in range(frames):
        drift += (-0.08 * drift + random.normal(0, 2.2, 2)) * (1 / RATE) ** 0.5
        puck = puck + drift / RATE
        drift = np.where((puck < [3, 2]) | (puck > [57, 24]), -drift, drift)
        puck = np.clip(puck, [3, 2], [57, 24])
        wander += -wander * 0.06 + random.normal(0, 0.9, (n, 2))
        goal = puck + home + wander
        goal[goalie] = nets[goalie] + 0.15 * wander[goalie]
        leaving = on & ~present[k]
        goal[leaving] = doors[leaving]
        ahead = goal - place
        far = np.linalg.norm(ahead, axis=1, keepdims=True)
        wish = ahead / np.maximum(far, 1e-6) * np.minimum(1.6 * far, _TOP_SPEED)
        pull = np.clip(wish - speed, -7.0, 7.0)
        speed = speed + pull * (1.6 / RATE) + random.normal(0, 0.25, (n, 2))
        size = np.linalg.norm(speed, axis=1, keepdims=True)
        speed *= np.minimum(1.0, _TOP_SPEED / np.maximum(size, 1e-6))
        place = np.where(leaving[:, None], place + speed / RATE, np.clip(place + speed / RATE, 0.8, ends))
        arriving = present[k] & ~on
        place[arriving] = doors[arriving] + random.normal(0, [2.0, 0.0], (n, 2))[arriving]
        speed[arriving] = 0.0
        since[arriving] = k / RATE
        gone = leaving & (np.abs(place - doors) < [3.0, 1.2]).all(axis=1)
        for who in np.flatnonzero(gone):
            people[who].shifts.append((float(since[who]), k / RATE))
        on = (on | arriving) & ~gone
        result[k, on] = place[on]
    for who in np.flatnonzero(on):
        people[who].shifts.append((float(since[who]), seconds))
    return result


def _boxes(positions: np.ndarray, people: list[Person]) -> np.ndarray:
    """Return exact boxes (frames, people, 4)."""
    seen = project(positions)
    build = np.array([p.build for p in people])
    height = 1.75 * seen[..., 2] * build
    width = 0.48 * height
    x, y = seen[..., 0], seen[..., 1]
    return np.stack([x - width / 2, y - height, x + width / 2, y], axis=-1)


def _covered(box: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return the share of a box that each of the others covers."""
    low, high = np.maximum(box[:2], others[:, :2]), np.minimum(box[2:], others[:, 2:])
    area = np.prod(np.clip(high - low, 0, None), axis=1)
    return area / np.prod(box[2:] - box[:2])


def _looks(random, people: list[Person]) -> np.ndarray:
    """Return each person's jersey histogram (people, COLOUR_BINS)."""
    plain = {"home": 7, "away": COLOUR_BINS - 2, "none": COLOUR_BINS - 7}
    looks = np.zeros((len(people), COLOUR_BINS))
    for person in people:
        looks[person.id, plain[person.team]] = 1.0
        if person.role == "goalie":
            looks[person.id, COLOUR_BINS - 3] += 0.6
    return looks / looks.sum(axis=1, keepdims=True)


def _track(random, boxes, people, hard: Difficulty):
    """Follow everybody until something breaks it; tracklets, their people, and who replaced whom."""
    frames, n = boxes.shape[:2]
    here = ~np.isnan(boxes[..., 0])
    hidden = np.zeros((frames, n), dtype=bool)
    contact = np.zeros((frames, n), dtype=bool)
    near = np.argsort(np.where(here, boxes[..., 3], -1.0), axis=1)[:, ::-1]
    for k in range(frames):
        who = near[k][: int(here[k].sum())]
        all_boxes = boxes[k, who]
        low = np.maximum(all_boxes[:, None, :2], all_boxes[None, :, :2])
        high = np.minimum(all_boxes[:, None, 2:], all_boxes[None, :, 2:])
        area = np.prod(np.clip(high - low, 0, None), axis=2)
        own = np.prod(all_boxes[:, 2:] - all_boxes[:, :2], axis=1)
        share = area / own[:, None]
        np.fill_diagonal(share, 0.0)
        hidden[k, who] = (np.tril(share) > 0.55).any(axis=1)
        contact[k, who] = (np.maximum(share, share.T) > 0.45).any(axis=1)
    seen = here & ~hidden & (random.random((frames, n)) > hard.missed)
    looks = _looks(random, people)
    made: list[tuple[float, Tracklet, int]] = []
    for person in range(n):
        made += _follow(random, boxes, seen, contact, here, person, looks, hard)
    made += _nobodies(random, frames, looks, hard)
    made.sort(key=lambda item: item[0])
    made, replaced = _replaced(boxes, people, made, hard)
    tracklets = [replace(one, id=number) for number, (_, one, _) in enumerate(made)]
    return tracklets, [person for _, _, person in made], replaced


def _replaced(boxes, people, made, hard: Difficulty):
    """Let tracklets of some who step off go on as those who step on through the same door."""
    random = np.random.default_rng(len(made))
    here = ~np.isnan(boxes[..., 0])
    joined: dict[int, int] = {}
    for k, (_, one, person) in enumerate(made):
        last = round(one.end * RATE)
        gone = person >= 0 and not here[min(last + 5, len(here) - 1), person]
        if not gone or k in joined.values() or random.random() > hard.replaced:
            continue
        for other in range(k + 1, len(made)):
            start, follower, comer = made[other]
            if start > one.end + 1.0:
                break
            first = round(start * RATE)
            if comer < 0 or other in joined.values() or start <= one.end or here[max(first - 8, 0), comer]:
                continue
            apart = np.linalg.norm(follower.feet[0] - one.feet[-1])
            if people[comer].team == people[person].team and apart < 1.5 * (
                one.boxes[-1, 3] - one.boxes[-1, 1]
            ):
                joined[k] = other
                break
    numbers = {old: new for new, old in enumerate(k for k in range(len(made)) if k not in joined.values())}
    kept, replaced = [], {}
    for old, new in numbers.items():
        begin, one, person = made[old]
        if old in joined:
            _, follower, comer = made[joined[old]]
            replaced[new] = (follower.start, comer)
            arrays = ("times", "boxes", "scores", "feet", "scale")
            both = {name: np.concatenate([getattr(one, name), getattr(follower, name)]) for name in arrays}
            one = replace(one, **both, ends=follower.ends)
        kept.append((begin, one, person))
    return kept, replaced


def _follow(random, boxes, seen, contact, here, person, looks, hard):
    """Return one person's tracklets."""
    made = []
    rows = np.flatnonzero(seen[:, person])
    if len(rows) == 0:
        return made
    gap = np.diff(rows)
    touching = contact[:, person]
    breaks = gap > 3
    breaks |= random.random(len(gap)) < 1 - np.exp(-hard.breaks * gap / RATE)
    met = touching[rows[:-1]] != touching[rows[1:]]
    breaks |= met & (random.random(len(gap)) > hard.held)
    for part in np.split(rows, np.flatnonzero(breaks) + 1):
        if len(part) < 3:
            continue
        kinds = []
        for edge, beyond in ((part[0], part[0] - 3), (part[-1], part[-1] + 3)):
            span = touching[max(min(edge, beyond), 0) : max(edge, beyond) + 1]
            kinds.append(Ending.CONTACT if span.any() else Ending.OPEN)
        if part[0] == 0:
            kinds[0] = Ending.VIDEO
        if part[-1] >= len(seen) - 2:
            kinds[1] = Ending.VIDEO
        who = person
        if Ending.CONTACT in kinds and random.random() < hard.swapped:
            who = _neighbour(boxes, part[len(part) // 2], person)
        half = len(part) // 2
        path = boxes[part, person].copy()
        if who != person and not np.isnan(boxes[part[half:], who]).any():
            path[half:] = boxes[part[half:], who]
        made.append(_tracklet(random, part, path, looks[person], kinds, hard, person))
    return made


def _neighbour(boxes, frame, person) -> int:
    apart = np.abs(boxes[frame, :, 0] - boxes[frame, person, 0])
    apart[person] = np.nan
    return int(np.nanargmin(apart))


def _tracklet(random, rows, path, look, kinds, hard, person) -> tuple[float, Tracklet, int]:
    height = path[:, 3:] - path[:, 1:2]
    noisy = path + random.normal(0, hard.jitter, path.shape) * height
    other = random.dirichlet(np.full(COLOUR_BINS, 0.5))
    part = hard.colour_noise * random.uniform(0.3, 1.7)
    colour = (1 - part) * look + part * other
    feet = np.stack([(noisy[:, 0] + noisy[:, 2]) / 2, noisy[:, 3]], axis=1)
    one = Tracklet(
        id=0,
        times=rows / RATE,
        boxes=noisy.astype(np.float32),
        scores=random.uniform(0.5, 0.95, len(rows)).astype(np.float32),
        feet=feet.astype(np.float32),
        scale=np.ones(len(rows), dtype=np.float32),
        scene=0,
        colour=(colour / colour.sum()).astype(np.float32),
        begins=kinds[0],
        ends=kinds[1],
    )
    return float(rows[0] / RATE), one, person


def _nobodies(random, frames, looks, hard):
    """Return short tracklets of goal nets, boards and shadows."""
    made = []
    for _ in range(int(random.poisson(hard.false_rate * frames / RATE))):
        begin = int(random.integers(0, frames - 4))
        count = min(int(3 + random.exponential(4)), frames - begin)
        ground = np.array([random.uniform(1, LENGTH - 1), random.uniform(1, WIDTH - 1)])
        x, y, scale = project(ground)
        height = 1.6 * scale * random.uniform(0.7, 1.2)
        box = np.array([x - 0.25 * height, y - height, x + 0.25 * height, y])
        path = np.repeat(box[None], count, axis=0)
        look = random.dirichlet(np.full(COLOUR_BINS, 0.3))
        rows = np.arange(begin, begin + count)
        kinds = [Ending.OPEN, Ending.OPEN]
        made.append(_tracklet(random, rows, path, look, kinds, hard, -1))
    return made
