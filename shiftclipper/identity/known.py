"""What is known of a game before anybody is looked for, and how a person's marks change it.

Cutting tracklets into pieces and linking everybody to everybody takes far longer than following one
player through the links, and does not depend on him. So it is done once for a game. A mark that cuts a
tracklet, or that shows a person nobody found, changes the pieces around it only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from shiftclipper.identity import gates
from shiftclipper.identity.graph import FAINT, Layout, lay_out
from shiftclipper.identity.links import Links, link
from shiftclipper.identity.looks import Looks
from shiftclipper.identity.marks import MarkedTracklets, Spans
from shiftclipper.identity.model import Check, GameView, Polygon, Rules, never_stop
from shiftclipper.identity.motion import MAX_GAP, motion_ratio, within_reach
from shiftclipper.identity.numbers import NumberEvidence, number_evidence
from shiftclipper.identity.pieces import Flags, Floats, Integers, Pieces, cut_pieces, joined_pieces
from shiftclipper.identity.proposed_regions import with_doors
from shiftclipper.tracklets import Ending, NumberReading, Tracklet

_BESIDE = 2.0
"""Body heights; people nearer than this when a tracklet went over to another may be that other."""
_PARTNERS = 3
"""People beside him that are considered."""
_SWAPPED = 0.8
"""Chance that the one a tracklet went over to is among those beside him."""
_WRONGLY_CUT = 0.05
"""Chance that a tracklet which the person's marks cut was one person's all the same."""
_NEW_AT_LEAST = 0.02
"""Chance that a person pointed out by a click is not followed by, or does not follow, any tracklet."""
_SEEN_ASIDE = 0.5
"""Seconds around a click on somebody beside the ice for which he is taken to be on it."""
_RATE = 0.05
"""Starts of tracklets a second and body height squared, as sample games have it."""


@dataclass(frozen=True, slots=True, eq=False)
class KnownGame:
    """Pieces of tracklets, what tells them apart, and their joint links."""

    tracklets: tuple[Tracklet, ...]
    spans: Spans
    """Of the tracklets as the tracker found them."""
    pieces: Pieces
    ids: Integers
    """(pieces,) id of the tracklet each piece is of; negative when made up for a click."""
    numbers: NumberEvidence
    looks: Looks
    links: Links
    """Without those too faint for any path."""
    layout: Layout
    """Of these pieces and links."""
    doors: tuple[Polygon, ...] = ()
    """Where people seem to step on and off; found where no bench was drawn."""


def know(
    tracklets: Sequence[Tracklet],
    view: GameView,
    rules: Rules,
    readings: Sequence[NumberReading] = (),
    surely_on_ice: Sequence[tuple[int, float]] = (),
    check: Check = never_stop,
) -> KnownGame:
    """Explain everybody in a game at once; where no bench was drawn, its doors are found first.

    Args:
        rules: of the game: what they say of one player is not looked at.
        surely_on_ice: (index of tracklet, time) where the person clicked, whatever regions say.
        check: called now and then; what it raises stops it.
    """
    view = with_doors(view, tracklets, rules, readings, check)
    pieces = cut_pieces(tracklets, view, surely_on_ice)
    ids = np.array([one.id for one in tracklets], dtype=np.int64)[pieces.tracklet]
    numbers = number_evidence(pieces, ids, readings, rules.roster)
    check()
    links, looks = link(pieces, numbers, view, rules, check)
    links = _in_order(links)
    check()
    layout = lay_out(pieces, links, view.duration, rules)
    return KnownGame(
        tuple(tracklets), Spans(tracklets), pieces, ids, numbers, looks, links, layout, view.doors
    )


def _in_order(links: Links) -> Links:
    """Return the links that are not too faint, in order of their targets."""
    strong = np.flatnonzero(links.probability > FAINT)
    kept = strong[np.lexsort((links.source[strong], links.target[strong]))]
    return replace(
        links,
        source=links.source[kept],
        target=links.target[kept],
        probability=links.probability[kept],
    )


def with_marks(
    known: KnownGame,
    marked: MarkedTracklets,
    view: GameView,
    rules: Rules,
    readings: Sequence[NumberReading],
    check: Check = never_stop,
) -> KnownGame:
    """Return the game as the person's marks say it is."""
    clicks = [(index, click.time) for index, click in marked.clicked]
    if not len(known.pieces):
        return know(marked.tracklets, view, rules, readings, clicks, check)
    changed = known
    if marked.cuts:
        changed = _spliced(known, marked, rules, readings)
    elif len(marked.tracklets) > len(known.tracklets):
        changed = replace(known, tracklets=marked.tracklets)
    check()
    made = [k for k, one in enumerate(marked.tracklets) if marked.origin[k] >= len(known.tracklets)]
    changed = _with_more(changed, [(k, marked.tracklets[k]) for k in made], view)
    aside = [(index, time) for index, time in clicks if _clicked_piece(changed.pieces, index, time) is None]
    seen = [(index, _around(marked.tracklets[index], time)) for index, time in aside]
    changed = _with_more(changed, seen, view)
    clicked = np.zeros(len(changed.pieces), dtype=np.bool_)
    for index, time in clicks:
        clicked[_clicked_piece(changed.pieces, index, time)] = True
    layout = changed.layout
    if changed.links is not known.links:
        layout = lay_out(changed.pieces, changed.links, view.duration, rules)
    return replace(changed, pieces=replace(changed.pieces, clicked=clicked), layout=layout)


MAX_CLICK_DISTANCE = 0.3
"""Seconds from a click to the piece it is on."""


def _clicked_piece(pieces: Pieces, tracklet: int, time: float) -> int | None:
    """Return the piece on the ice that a click on a tracklet means; None when he is beside the ice."""
    of: Integers = np.flatnonzero((pieces.tracklet == tracklet) & pieces.ice)
    late = np.maximum(pieces.first.time[of] - time, time - pieces.last.time[of])
    if not len(of) or late.min() > MAX_CLICK_DISTANCE:
        return None
    return int(of[np.argmin(late)])


def _around(tracklet: Tracklet, time: float) -> Tracklet:
    """Return the part of a tracklet around a click."""
    near = np.abs(tracklet.times - time)
    part = np.flatnonzero(near <= max(_SEEN_ASIDE, float(near.min())))
    return replace(
        tracklet,
        times=tracklet.times[part],
        boxes=tracklet.boxes[part],
        scores=tracklet.scores[part],
        feet=tracklet.feet[part],
        scale=tracklet.scale[part],
        begins=Ending.OPEN,
        ends=Ending.OPEN,
    )


def _with_more(game: KnownGame, more: Sequence[tuple[int, Tracklet]], view: GameView) -> KnownGame:
    """Put in people whom the person saw on the ice and the program did not.

    Args:
        more: with their indices among the game's tracklets.
    """
    if not more:
        return game
    anywhere = replace(view, rink=None, benches=(), penalty_boxes=())
    fresh = cut_pieces([one for _, one in more], anywhere)
    indices = np.array([index for index, _ in more], dtype=np.int64)
    fresh = replace(fresh, tracklet=indices[fresh.tracklet])
    pieces = joined_pieces([game.pieces, fresh])
    ids = np.array([one.id for one in game.tracklets], dtype=np.int64)[fresh.tracklet]
    unread = np.ones((len(fresh), game.numbers.likelihood.shape[1]))
    unknown = np.repeat(game.looks.share[None], len(fresh), axis=0)
    return replace(
        game,
        pieces=pieces,
        ids=np.concatenate([game.ids, ids]),
        numbers=replace(game.numbers, likelihood=np.concatenate([game.numbers.likelihood, unread])),
        looks=replace(game.looks, membership=np.concatenate([game.looks.membership, unknown])),
        links=_linked_in(game.links, pieces, len(game.pieces)),
    )


def _spliced(
    known: KnownGame, marked: MarkedTracklets, rules: Rules, readings: Sequence[NumberReading]
) -> KnownGame:
    """Cut pieces where marks cut tracklets."""
    sites = _sites(known.pieces, marked)
    parts = _Parts(known.pieces, sites, [known.tracklets[k] for k in known.pieces.tracklet.tolist()])
    pieces = parts.pieces(marked)
    ids = np.array([one.id for one in marked.tracklets], dtype=np.int64)[pieces.tracklet]
    return replace(
        known,
        tracklets=marked.tracklets,
        pieces=pieces,
        ids=ids,
        numbers=number_evidence(pieces, ids, readings, rules.roster),
        looks=replace(known.looks, membership=known.looks.membership[parts.of]),
        links=parts.links(known.links, sites),
    )


def _sites(pieces: Pieces, marked: MarkedTracklets) -> list[tuple[float, list[int], int]]:
    """Return where pieces are to be cut: (time, pieces, how many of the first of them the marks cut)."""
    sites = []
    start, end = pieces.first.time, pieces.last.time
    for time in sorted({time for times in marked.cuts.values() for time in times}):
        cut = [index for index, times in marked.cuts.items() if time in times]
        there: Integers = np.flatnonzero((start < time) & (end > time) & pieces.ice)
        sure = [int(k) for k in there if pieces.tracklet[k] in cut]
        if not sure:
            continue
        # Straight between both ends is near enough to tell who is beside him for a moment.
        share = ((time - start[there]) / (end[there] - start[there]))[:, None]
        place = dict(
            zip(
                there.tolist(),
                pieces.first.position[there] * (1 - share) + pieces.last.position[there] * share,
                strict=True,
            )
        )
        near = {
            int(k): min(float(np.hypot(*(place[int(k)] - place[one]))) for one in sure)
            / float(pieces.first.height[k])
            for k in there
            if int(k) not in sure
        }
        beside = sorted((k for k in near if near[k] < _BESIDE), key=lambda k: near[k])[:_PARTNERS]
        sites.append((time, [*sure, *beside], len(sure)))
    return sites


class _Parts:
    """Pieces cut into parts: the parts of one piece follow each other."""

    def __init__(
        self,
        pieces: Pieces,
        sites: Sequence[tuple[float, list[int], int]],
        tracklets: Sequence[Tracklet],
    ) -> None:
        """Cut.

        Args:
            tracklets: of each piece.
        """
        self._whole, self._tracklets = pieces, tracklets
        self._cuts: dict[int, list[float]] = {}
        for time, some, _ in sites:
            for piece in some:
                self._cuts.setdefault(piece, []).append(time)
        counts = np.ones(len(pieces), dtype=np.int64)
        for piece, times in self._cuts.items():
            counts[piece] += len(times)
        self.of = np.repeat(np.arange(len(pieces)), counts)
        """(parts,) the piece each part is of."""
        self._first = np.cumsum(counts) - counts
        self._last = self._first + counts - 1

    def pieces(self, marked: MarkedTracklets) -> Pieces:
        """Return the parts as pieces."""
        parts = self._whole.take(self.of)
        origin: Integers = np.asarray(marked.origin, dtype=np.int64)
        place = np.searchsorted(origin, np.arange(int(origin.max()) + 1))
        tracklet = place[parts.tracklet]
        for piece, times in self._cuts.items():
            one = self._tracklets[piece]
            for number, time in enumerate(times):
                before = int(self._first[piece]) + number
                at = int(np.searchsorted(one.times, time))
                for end, part, sample in (
                    (parts.last, before, max(at - 1, 0)),
                    (parts.first, before + 1, min(at, len(one.times) - 1)),
                ):
                    end.time[part] = one.times[sample]
                    end.position[part] = one.feet[sample]
                    end.kind[part] = Ending.CONTACT
        for part in np.flatnonzero(np.isin(parts.tracklet, list(marked.cuts))).tolist():
            middle = (parts.first.time[part] + parts.last.time[part]) / 2
            tracklet[part] += int((np.array(marked.cuts[int(parts.tracklet[part])]) < middle).sum())
        return replace(parts, tracklet=tracklet)

    def links(self, links: Links, sites: Sequence[tuple[float, list[int], int]]) -> Links:
        """Return the links between parts: at a cut, people may have gone on as those beside them."""
        source, target = self._last[links.source], self._first[links.target]
        going, coming = links.going[self.of], links.coming[self.of]
        inner_start = np.ones(len(self.of), dtype=np.bool_)
        inner_start[self._first] = False
        inner_end = np.ones(len(self.of), dtype=np.bool_)
        inner_end[self._last] = False
        extra: list[tuple[int, int, float]] = []
        for time, some, sure in sites:
            number = [self._cuts[piece].index(time) for piece in some]
            before = [int(self._first[piece]) + k for piece, k in zip(some, number, strict=True)]
            chance = _exchange(len(some), sure)
            for i, one in enumerate(before):
                going[one] = max(1.0 - chance[i].sum(), _WRONGLY_CUT)
                for j, other in enumerate(before):
                    extra.append((one, other + 1, float(chance[i, j])))
                coming[one + 1] = max(1.0 - chance[:, i].sum(), _WRONGLY_CUT)
        return Links(
            source=np.concatenate([source, [one for one, _, _ in extra]]).astype(np.int64),
            target=np.concatenate([target, [other for _, other, _ in extra]]).astype(np.int64),
            probability=np.concatenate([links.probability, [share for _, _, share in extra]]),
            going=going,
            coming=coming,
            goes=_inside(links.goes, self.of, inner_end),
            comes=_inside(links.comes, self.of, inner_start),
        )


def _exchange(count: int, sure: int) -> Floats:
    """Return the chance (count, count) that a part before a cut goes on as a part after it.

    Args:
        sure: how many of the first are cut by the person's marks; the others were only beside them.
    """
    chance = np.zeros((count, count))
    chance[:sure, :sure] += np.eye(sure) * _WRONGLY_CUT
    for one in range(sure):
        others = [k for k in range(count) if k != one]
        for other in others:
            chance[one, other] = max(chance[one, other], _SWAPPED / len(others))
            chance[other, one] = chance[one, other]
    for other in range(sure, count):
        chance[other, other] = max(1.0 - chance[other].sum(), _WRONGLY_CUT)
    return chance


def _inside(turnover: gates.Turnover, of: Integers, inner: Flags) -> gates.Turnover:
    """Return the turnover of parts; nobody leaves the ice where a mark cuts."""
    gate, edge = turnover.gate[of], turnover.edge[of]
    gate[inner] = edge[inner] = 0.0
    return gates.Turnover(turnover.probability[of], gate, edge)


def _linked_in(links: Links, pieces: Pieces, old: int) -> Links:
    """Link the pieces from `old` on, one sample each, to those that were linked before."""
    start, end = pieces.first.time, pieces.last.time
    sources, targets, shares = [links.source], [links.target], [links.probability]
    fresh = np.arange(old, len(pieces))
    going, coming = (np.concatenate([free, np.zeros(len(fresh))]) for free in (links.going, links.coming))
    for piece in fresh.tolist():
        scene = (pieces.scene == pieces.scene[piece]) & pieces.ice
        before: Integers = np.flatnonzero(scene & (end < start[piece]) & (end > start[piece] - MAX_GAP))
        after: Integers = np.flatnonzero(scene & (start > end[piece]) & (start < end[piece] + MAX_GAP))
        for source, target, free in (
            (before, np.full(len(before), piece), coming),
            (np.full(len(after), piece), after, going),
        ):
            near = within_reach(pieces, source, target)
            one, other = source[near], target[near]
            gap = start[other] - end[one]
            odds = np.exp(np.clip(motion_ratio(pieces, one, other) - np.log(_RATE) - gap / 2.0, -20.0, 12.0))
            shares.append(odds / (1.0 + odds.sum()))
            free[piece] = max(1.0 / (1.0 + odds.sum()), _NEW_AT_LEAST)
            sources.append(one)
            targets.append(other)
    more = np.zeros(len(fresh))
    return Links(
        source=np.concatenate(sources),
        target=np.concatenate(targets),
        probability=np.concatenate(shares),
        going=going,
        coming=coming,
        goes=_extended(links.goes, more),
        comes=_extended(links.comes, more),
    )


def _extended(turnover: gates.Turnover, more: Floats) -> gates.Turnover:
    """Return the turnover with ends in the open added."""
    return gates.Turnover(
        np.concatenate([turnover.probability, more + 0.5]),
        np.concatenate([turnover.gate, more]),
        np.concatenate([turnover.edge, more]),
    )
