"""What looks are worth for telling team-mates apart, on sample games whose truth is known.

    python tests/benchmarks/team_mates.py --cache DIR fixed-101 pan-101 ... [--pictures]

The names are sample games that sample_shifts.py has analysed into that folder. Compared are pairs of
tracklets (pieces of them on the ice) of skaters of one team, more than 10 s apart: of one person, or of
two. A vector is learned from each game alone and without its truth: within one person from links that
motion is sure of and from pictures of one tracklet, between people from everybody who looks like one team.

AUC: how often a pair of one person looks more alike than a pair of two; 0.5 is nothing. Bits: what the
likeness says on average about a pair that is as likely of one person as of two; 1 would say all. Both are
also given by how tall the smaller of the two is in the picture, in pixels. To compare, "both teams" is the
AUC where the second person may be of the other team.

Each vector is tried with directions that tell anybody apart, with such that tell mates apart, and, as the
most that could be had of it, with such as are learned from the truth of the game's first half and tried on
its second. With --pictures keyframes are decoded too, for two richer vectors: small crops in colour, and what
the detector's last layer but one has in the box.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import av
import cv2
import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray

from shiftclipper.identity import KnownGame
from shiftclipper.identity.evidence import same_look
from shiftclipper.identity.looks import features_of
from shiftclipper.jobs.store import Store
from shiftclipper.paths import resource_path
from shiftclipper.tracklets import Tracklet
from shiftclipper.vision.detections import hidden_shares
from tests.benchmarks.games_with_truth import filmed_players
from tests.benchmarks.labelled_pieces import labelled_game

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]

APART = 10.0
"""Seconds between two tracklets that are compared: nearer ones are linked by motion."""
LEAST_BOXES = 5
SURE = 0.95
"""Probability of a link that is taken for sure."""
SOON = 1.0
"""And seconds of its gap."""
DIRECTIONS = 8
"""In which people are compared."""
NUMBERS = 40
"""Principal components that a vector is reduced to first."""
CROP = (8, 16)
"""Width and height of crops."""
THIRDS = 3
"""Parts of a box, one above the other, in which the detector's layer is averaged."""
LEAST_SEEN = 0.75
HEIGHTS = (0, 40, 60, 90, 10_000)
BINS = 20


@dataclass(frozen=True, eq=False)
class Seen:
    """Vectors of some pieces, several of one piece where it was seen several times."""

    piece: Numbers
    """(k,) whose each is, in order."""
    vectors: Array
    """(k, d)."""


@dataclass(eq=False)
class Pairs:
    """Pairs of tracklets and how alike they look, by any number of measures."""

    same: NDArray[np.bool_]
    mates: NDArray[np.bool_]
    """Whether both are of one team."""
    height: Array
    likeness: dict[str, Array] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Team:
    """One game as far as it is compared."""

    known: KnownGame
    who: NDArray[np.str_]
    """(n,) id of each piece's skater; empty for nobody, goalies and officials."""
    team: NDArray[np.str_]
    one: Numbers
    other: Numbers
    """(p,) pieces of skaters, far apart in time."""
    height: Array
    """(n,) of each piece, in pixels."""


def team_of(store: Store, folder: Path, name: str) -> Team:
    """Read one game and list its pairs of skaters."""
    game = labelled_game(store, folder, name)
    people = next(filmed_players(store, folder, name, 1)).game.roster.people
    teams = {one.id: str(one.team) for one in people if str(one.role) == "skater"}
    who = np.array([one if one in teams else "" for one in game.who.tolist()])
    team = np.array([teams.get(one, "") for one in who.tolist()])
    known = next(filmed_players(store, folder, name, 1)).known
    pieces = known.pieces
    good = pieces.ice & (who != "") & (pieces.samples >= LEAST_BOXES) & (pieces.colour.sum(axis=1) > 0.5)
    one, other = np.triu_indices(len(who), 1)
    apart = pieces.first.time[other] - pieces.last.time[one] > APART
    kept = apart & good[one] & good[other]
    boxes = [known.tracklets[k].boxes for k in pieces.tracklet.tolist()]
    height = np.array([float(np.median(some[:, 3] - some[:, 1])) for some in boxes])
    return Team(known, who, team, one[kept], other[kept], height)


def group_of(team: Team) -> Numbers:
    """Return (n,) the group of looks that each piece is likeliest to belong to."""
    return np.asarray(team.known.looks.membership.argmax(axis=1), dtype=np.int64)


def sure_links(team: Team) -> tuple[Numbers, Numbers]:
    """Return pairs of pieces that motion says are of one person."""
    links, pieces = team.known.links, team.known.pieces
    gap = pieces.first.time[links.target] - pieces.last.time[links.source]
    sure = (links.probability > SURE) & (gap < SOON)
    return links.source[sure], links.target[sure]


def means_of(team: Team, seen: Seen) -> tuple[Array, Array, Numbers]:
    """Return reduced vectors (k, d), their mean over each piece (n, d), and how many it has (n,)."""
    vectors = seen.vectors - seen.vectors.mean(axis=0)
    _, scale, axes = np.linalg.svd(vectors, full_matrices=False)
    vectors = vectors @ axes[: min(NUMBERS, int((scale > 1e-6 * scale[0]).sum()))].T
    n = len(team.who)
    count = np.bincount(seen.piece, minlength=n)
    mean = np.zeros((n, vectors.shape[1]))
    np.add.at(mean, seen.piece, vectors)
    return vectors, mean / np.maximum(count, 1)[:, None], count


def spread_of_one(team: Team, seen: Seen, vectors: Array, mean: Array, count: Numbers) -> Array:
    """Return the scatter (d, d) of one person, from sure links and from pictures of one tracklet."""
    one, other = sure_links(team)
    both = (count[one] > 0) & (count[other] > 0)
    one, other = one[both], other[both]
    trust = 1 / (1 / count[one] + 1 / count[other])
    gap = (mean[one] - mean[other]) * np.sqrt(trust)[:, None]
    inside = vectors - mean[seen.piece]
    return (gap.T @ gap + inside.T @ inside) / max(len(one) + float(np.maximum(count - 1, 0).sum()), 1)


def scatter(vectors: Array, kinds: NDArray[np.generic]) -> Array:
    """Return the scatter (d, d) of vectors around the middle of their kind (a label each)."""
    total = np.zeros((vectors.shape[1], vectors.shape[1]))
    for kind in np.unique(kinds):
        some = vectors[kinds == kind]
        off = some - np.median(some, axis=0)
        total += off.T @ off
    return total / max(len(vectors), 1)


def likeness(team: Team, seen: Seen, *, apart: str) -> Array:
    """Return (p,) how alike the pairs look.

    Args:
        apart: whom the directions tell apart: "mates" of a group of looks; "anybody"; or "truth": mates,
            taught by who is who in the game's first half, so that only pairs of the second are compared.
    """
    vectors, mean, count = means_of(team, seen)
    has, d = count > 0, mean.shape[1]
    one, other = team.one, team.other
    usable = has[one] & has[other]
    if apart == "truth":
        start = team.known.pieces.first.time
        taught = has & (team.who != "") & (start < np.median(start))
        usable &= ~taught[one] & ~taught[other]
        within = scatter(mean[taught], team.who[taught])
        people = np.unique(team.who[taught])
        means = np.array([mean[taught & (team.who == who)].mean(axis=0) for who in people])
        teams = np.array([team.team[taught & (team.who == who)][0] for who in people])
        between = scatter(means, teams)
    else:
        within = spread_of_one(team, seen, vectors, mean, count)
        groups = group_of(team)[has] if apart == "mates" else np.zeros(int(has.sum()))
        between = scatter(mean[has], groups)
    within += 0.05 * np.diag(np.diag(within)) + 1e-6 * np.trace(within) / d * np.eye(d)
    whiten = np.linalg.inv(np.linalg.cholesky(within))
    _, telling = np.linalg.eigh(whiten @ between @ whiten.T)
    place = mean @ (whiten.T @ telling[:, ::-1][:, :DIRECTIONS])
    # What chance adds to the distance of two short tracklets is taken out.
    noise = DIRECTIONS * (1 + 1 / np.maximum(count[one], 1) + 1 / np.maximum(count[other], 1))
    distance = ((place[one] - place[other]) ** 2).sum(axis=1) / noise
    return np.where(usable, -distance, np.nan)


def compared(team: Team, seen: dict[str, Seen]) -> Pairs:
    """Return all pairs with their likeness by every vector."""
    pieces = team.known.pieces
    one, other = team.one, team.other
    features, known = features_of(pieces.colour, pieces.kit, pieces.roles)
    rows = np.flatnonzero(known)
    pairs = Pairs(
        same=team.who[one] == team.who[other],
        mates=team.team[one] == team.team[other],
        height=np.minimum(team.height[one], team.height[other]),
    )
    pairs.likeness["groups, as the program does"] = same_look(team.known.looks, one, other)
    pairs.likeness["build"] = -np.abs(pieces.build[one] - pieces.build[other])
    for name, some in {"colour, kit, role": Seen(rows, features[rows]), **seen}.items():
        for apart in ("anybody", "mates", "truth"):
            pairs.likeness[f"{name}: {apart}"] = likeness(team, some, apart=apart)
    return pairs


def auc(likeness: Array, same: NDArray[np.bool_]) -> float:
    """Return how often a pair of one person is more alike than one of two people."""
    if same.all() or not same.any():
        return float("nan")
    _, place, counts = np.unique(likeness, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[place]
    yes, no = int(same.sum()), int((~same).sum())
    return float((rank[same].sum() - yes * (yes + 1) / 2) / (yes * no))


def bits(likeness: Array, same: NDArray[np.bool_]) -> float:
    """Return the information in the likeness, in bits, where both kinds of pairs are as many."""
    edges = np.unique(np.quantile(likeness[same], np.linspace(0, 1, BINS + 1)[1:-1]))
    place = np.searchsorted(edges, likeness)
    yes, no = (np.bincount(place[some], minlength=len(edges) + 1) for some in (same, ~same))
    p, q = yes / max(yes.sum(), 1), no / max(no.sum(), 1)
    both = (p + q) / 2

    def entropy(share: Array) -> float:
        return float(-(share[share > 0] * np.log2(share[share > 0])).sum())

    # Few pairs seem to say more than they do (Miller and Madow).
    bias = len(edges) / np.log(2) / 4 * (1 / max(yes.sum(), 1) + 1 / max(no.sum(), 1))
    return max(entropy(both) - (entropy(p) + entropy(q)) / 2 - bias, 0.0)


def pictures_of(path: Path) -> Iterator[tuple[float, NDArray[np.uint8]]]:
    """Yield the keyframes of a film, with their times in seconds."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.codec_context.skip_frame = "NONKEY"
        stream.thread_type = "NONE"
        for frame in container.decode(stream):
            yield float(frame.pts * stream.time_base), frame.to_ndarray(format="bgr24")


def standing(tracklets: tuple[Tracklet, ...], time: float) -> dict[int, NDArray[np.float32]]:
    """Return who is seen free at a moment: index of the tracklet and box."""
    there = {k: one.box_at(time) for k, one in enumerate(tracklets) if one.start <= time <= one.end}
    found = {k: box for k, box in there.items() if box is not None}
    if not found:
        return {}
    hidden = hidden_shares(np.array(list(found.values())), np.array([0, len(found)]))
    return {k: box for (k, box), share in zip(found.items(), hidden, strict=True) if 1 - share >= LEAST_SEEN}


class Layer:
    """What the detector's last layer but one has in boxes."""

    def __init__(self) -> None:
        """Open the program's own detector with that layer as another output."""
        model = onnx.load(str(resource_path("models", "skater.onnx")))
        head = next(node for node in model.graph.node if "/head/Conv_output_0" in node.output)
        self._name = head.input[0]
        model.graph.output.append(
            onnx.helper.make_tensor_value_info(self._name, onnx.TensorProto.FLOAT, None)
        )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )

    def __call__(self, picture: NDArray[np.uint8], boxes: NDArray[np.float32]) -> Array:
        """Return (n, THIRDS * channels) of boxes (n, 4) in pixels of the picture."""
        height, width = (side - side % 32 for side in picture.shape[:2])
        maps = self._session.run([self._name], {"frames": picture[None, :height, :width]})[0][0]
        stride = width / maps.shape[2]
        result = []
        for x1, y1, x2, y2 in boxes / stride:
            rows = np.linspace(y1, y2, THIRDS + 1)
            parts = []
            for low, high in pairwise(rows):
                top, left = int(np.clip(low, 0, maps.shape[1] - 1)), int(np.clip(x1, 0, maps.shape[2] - 1))
                part = maps[:, top : max(int(np.ceil(high)), top + 1), left : max(int(np.ceil(x2)), left + 1)]
                parts.append(part.mean(axis=(1, 2)))
            result.append(np.concatenate(parts))
        return np.array(result, dtype=np.float64)


def seen_in_pictures(team: Team, path: Path) -> dict[str, Seen]:
    """Return crops and the detector's layer of everybody seen free in keyframes."""
    pieces, layer = team.known.pieces, Layer()
    piece_of: dict[int, list[int]] = {}
    for piece, tracklet in enumerate(pieces.tracklet.tolist()):
        piece_of.setdefault(tracklet, []).append(piece)
    rows: list[int] = []
    crops: list[Array] = []
    inside: list[Array] = []
    for time, picture in pictures_of(path):
        found = [
            (piece, box)
            for k, box in standing(team.known.tracklets, time).items()
            for piece in piece_of.get(k, [])
            if pieces.first.time[piece] <= time <= pieces.last.time[piece] and pieces.ice[piece]
        ]
        if not found:
            continue
        boxes = np.array([box for _, box in found])
        ice = np.maximum(np.median(picture[::8, ::8].reshape(-1, 3), axis=0), 1)
        inside.append(layer(picture, boxes))
        for piece, box in found:
            x1, y1 = np.maximum(box[:2], 0).astype(int)
            x2, y2 = np.maximum(np.ceil(box[2:]).astype(int), (x1 + 1, y1 + 1))
            crop = cv2.resize(picture[y1:y2, x1:x2], CROP, interpolation=cv2.INTER_AREA)
            crops.append(np.cbrt(crop / ice).ravel())
            rows.append(piece)
    piece = np.array(rows, dtype=np.int64)
    order = np.argsort(piece, kind="stable")
    return {
        "crops 8x16": Seen(piece[order], np.array(crops)[order]),
        "detector's layer": Seen(piece[order], np.concatenate(inside)[order]),
    }


def print_table(title: str, all_pairs: list[Pairs]) -> None:
    """Print AUC and bits of every measure, over all heights and each class of them."""
    same = np.concatenate([one.same for one in all_pairs])
    height = np.concatenate([one.height for one in all_pairs])
    mates = np.concatenate([one.mates for one in all_pairs])
    print(f"{title}: {int(same.sum())} pairs of one person, {int((mates & ~same).sum())} of two team-mates")
    for name in all_pairs[0].likeness:
        alike = np.concatenate([one.likeness[name] for one in all_pairs])
        seen = np.isfinite(alike)
        known = seen & mates
        cells = [f"AUC {auc(alike[known], same[known]):.3f} {bits(alike[known], same[known]):.3f} bits"]
        for low, high in pairwise(HEIGHTS):
            some = known & (height >= low) & (height < high)
            if same[some].sum() >= 50:
                limit = f"{low}-{high}" if high < HEIGHTS[-1] else f"{low}+"
                cells.append(
                    f"{limit} px {auc(alike[some], same[some]):.3f} {bits(alike[some], same[some]):.3f}"
                )
        print(
            f"  {name:28} {'   '.join(cells)}   both teams {auc(alike[seen], same[seen]):.3f}   "
            f"({seen.mean():.0%} of pairs)",
            flush=True,
        )


def main() -> None:
    """Print one table for each camera."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("games", nargs="+")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--pictures", action="store_true")
    arguments = parser.parse_args()
    folder: Path = arguments.cache
    found: dict[str, list[Pairs]] = {}
    with Store(folder / "data", write=False) as store:
        for name in arguments.games:
            team = team_of(store, folder, name)
            seen = seen_in_pictures(team, folder / f"{name}.mp4") if arguments.pictures else {}
            pairs = compared(team, seen)
            print_table(name, [pairs])
            found.setdefault(name.partition("-")[0], []).append(pairs)
    for camera, some in found.items():
        print_table(camera, some)


if __name__ == "__main__":
    main()
