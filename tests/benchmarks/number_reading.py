"""How well numbers on backs are read, by the height of the digits: right, wrong and unread.

    python tests/benchmarks/number_reading.py [--seeds 201-206] [--cameras fixed pan] [--frames 8]
        [--heights 8 12 16 24 36]

Frames of sample games are drawn large and made smaller for each person so that his digits get the height
asked for; then the program's own crop and reader see him, its limits on small and hidden people included.
A reading is right when it is the whole number. `used` are readings of two digits that the program counts as
clear; single digits are hardly ever right and count for next to nothing (resources/evidence/numbers.json).
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from shiftclipper.sample.game import Game
from shiftclipper.vision.number_reader import NumberReader
from shiftclipper.vision.numbers import CLEAR, LEAST_PROBABILITY, backs
from tests.benchmarks.games_with_truth import seeds_of

DIGITS = 0.27
"""Metres; the height of a number on a sample game's jersey."""
AWAY = -0.5
"""Facing below which somebody shows his back."""
CLEARLY_SEEN = 0.9
"""Share of somebody that must be seen."""
AROUND = 12
"""Pixels of the picture kept around a person."""


def people(game: Game, frames: int) -> Iterator[tuple[str, bool, float, np.ndarray, np.ndarray]]:
    """Yield number, whether he shows his back, digits' height, picture of him and his box (4,) in it."""
    numbers = {person.id: person.number for person in game.roster.people if person.role == "skater"}
    for i in np.linspace(0, game.frames - 1, frames).astype(int).tolist():
        picture = game.frame(i)
        seen, _, inside = game.people(i)
        ids, boxes, visible, on_ice = game.boxes(i)
        facing, metre = seen.facing[inside], seen.metre[inside]
        for k in np.flatnonzero((visible > CLEARLY_SEEN) & on_ice).tolist():
            if ids[k] not in numbers:
                continue
            x1, y1, x2, y2 = boxes[k].round().astype(int).tolist()
            left, top = max(x1 - AROUND, 0), max(y1 - AROUND, 0)
            part = picture[top : y2 + AROUND, left : x2 + AROUND]
            box = boxes[k] - [left, top, left, top]
            yield str(numbers[ids[k]]), bool(facing[k] < AWAY), DIGITS * float(metre[k]), part, box


def read_at(
    reader: NumberReader, part: np.ndarray, box: np.ndarray, factor: float
) -> tuple[str, float] | None:
    """Return what the program reads of a person made smaller, and how surely; None for nothing."""
    size = (max(1, round(part.shape[1] * factor)), max(1, round(part.shape[0] * factor)))
    small = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    crops = backs(np.asarray(small, np.uint8), (box * factor).reshape(1, 4))
    if not crops:
        return None
    read = reader.read([crops[0][1]])[0]
    return (read.number, read.probability) if read.probability >= LEAST_PROBABILITY else None


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=seeds_of, default=seeds_of("201-206"))
    parser.add_argument("--cameras", nargs="+", default=["fixed", "pan"])
    parser.add_argument("--frames", type=int, default=8, help="of each game")
    parser.add_argument("--heights", type=float, nargs="+", default=[8, 12, 16, 24, 36], help="pixels")
    parser.add_argument("--width", type=int, default=3840, help="of the pictures drawn, in pixels")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    reader = NumberReader.load()
    # Height, back, probability (0: unread), right, whether it counts as clear.
    rows: list[tuple[float, bool, float, bool, bool]] = []
    for seed in options.seeds:
        for camera in options.cameras:
            game = Game(seed, 60.0, camera, (options.width, options.width * 9 // 16), 10)
            for number, back, height, part, box in people(game, options.frames):
                for wanted in options.heights:
                    if wanted > height:
                        continue
                    read = read_at(reader, part, box, wanted / height)
                    right = read is not None and read[0].lstrip("0") == number.lstrip("0")
                    used = read is not None and read[1] >= CLEAR and len(read[0]) == 2
                    rows.append((wanted, back, read[1] if read else 0.0, right, used))
    table = np.array(rows, dtype=np.float64).reshape(-1, 5)
    for title, back in (("showing their backs", 1.0), ("seen from the front or side", 0.0)):
        print(f"people {title}")
        for wanted in options.heights:
            print_row(wanted, table[(table[:, 0] == wanted) & (table[:, 1] == back)])
    for least in (CLEAR, 0.9, 0.95):
        used = table[(table[:, 4] > 0) & (table[:, 2] >= least)]
        if len(used):
            wrong = 1 - used[:, 3].mean()
            print(f"two digits, probability {least} and above: {len(used)} readings, {wrong:.1%} wrong")


def print_row(height: float, some: np.ndarray) -> None:
    """Print one height's figures; rows (n, 5) as in `main`."""
    if not len(some):
        print(f"  {height:3.0f} px: nobody")
        return
    read, right, used = some[:, 2] > 0, some[:, 3] > 0, some[:, 4] > 0
    wrong = f"{np.mean(~right[used]):.1%} of {used.sum()} used" if used.any() else "none used"
    print(
        f"  {height:3.0f} px: {len(some):4d} people  right {right.mean():.1%}  "
        f"wrong {np.mean(read & ~right):.1%}  unread {np.mean(~read):.1%}  wrong among used: {wrong}",
        flush=True,
    )


if __name__ == "__main__":
    main()
