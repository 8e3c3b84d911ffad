"""FCPXML (https://developer.apple.com/documentation/professional-video-applications/fcpxml-reference).

Version 1.8: Final Cut Pro reads it since 10.4, and other programs too. A project for each player, in
one event. Every time is a whole number of frames, written as a fraction.
"""

from collections.abc import Sequence
from fractions import Fraction
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from shiftclipper.export.interchange.edit import (
    EditCut,
    EditGame,
    EditMedia,
    EditPlayer,
    cuts_of,
    laid_out,
    note_of,
    sequence_rate,
)
from shiftclipper.export.words import confidence_word, plain_text

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n'


def fcpxml_text(game: EditGame) -> str:
    """Return an event with one project for each player who has shifts."""
    root = Element("fcpxml", version="1.8")
    resources = SubElement(root, "resources")
    for number, media in enumerate(game.media):
        _resources(resources, number, media)
    event = SubElement(SubElement(root, "library"), "event", name=plain_text(game.title))
    for player in game.players:
        if player.shifts:
            _project(event, game, player)
    indent(root, " ")
    return _HEAD + tostring(root, encoding="unicode") + "\n"


def _resources(parent: Element, number: int, media: EditMedia) -> None:
    width, height = media.size
    SubElement(
        parent,
        "format",
        id=f"format{number}",
        frameDuration=_time(1, media.rate),
        width=str(width),
        height=str(height),
    )
    asset = SubElement(
        parent,
        "asset",
        id=f"file{number}",
        name=plain_text(media.path.stem),
        start=_time(media.first_frame, media.rate),
        duration=_time(media.frames, media.rate),
        hasVideo="1",
        format=f"format{number}",
        src=media.path.as_uri(),
    )
    if media.has_audio:
        asset.set("hasAudio", "1")
        asset.set("audioSources", "1")


def _project(event: Element, game: EditGame, player: EditPlayer) -> None:
    cuts = cuts_of(game, player)
    places = laid_out(cuts, game)
    rate = sequence_rate(game)
    project = SubElement(event, "project", name=plain_text(f"{game.title} {player.label}"))
    total = sum(length for _, length in places)
    sequence = SubElement(
        project, "sequence", format="format0", duration=_time(total, rate), tcStart="0s", tcFormat="NDF"
    )
    _spine(SubElement(sequence, "spine"), game, cuts, places)


def _spine(
    spine: Element, game: EditGame, cuts: Sequence[EditCut], places: Sequence[tuple[int, int]]
) -> None:
    rate = sequence_rate(game)
    for cut, (offset, length) in zip(cuts, places, strict=True):
        media = game.media[cut.media]
        clip = SubElement(
            spine,
            "asset-clip",
            ref=f"file{cut.media}",
            name=plain_text(cut.label),
            offset=_time(offset, rate),
            start=_time(media.first_frame + cut.first, media.rate),
            duration=_time(length, rate),
            format=f"format{cut.media}",
            tcFormat="DF" if media.drop else "NDF",
        )
        note = note_of(cut.shift, confidence_word(cut.shift.confidence))
        SubElement(clip, "note").text = note
        inside = [one for one in game.clock.ranges(cut.shift.start, cut.shift.end) if one.source == cut.media]
        if inside:
            first, _ = media.span(inside[0].start, inside[0].end)
            SubElement(
                clip,
                "marker",
                start=_time(media.first_frame + first, media.rate),
                duration=_time(1, media.rate),
                value=plain_text(f"Shift {cut.shift.number}"),
                note=note,
            )


def _time(frames: int, rate: Fraction) -> str:
    """Return a whole number of frames as FCPXML writes it, `1001/30000s`."""
    seconds = frames / rate
    if seconds.denominator == 1:
        return f"{seconds.numerator}s"
    return f"{seconds.numerator}/{seconds.denominator}s"
