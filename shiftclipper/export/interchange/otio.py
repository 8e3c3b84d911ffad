"""OpenTimelineIO's own JSON (https://opentimelineio.readthedocs.io, schemas of version 0.15 and later)."""

import json
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from shiftclipper.export.interchange.edit import EditCut, EditGame, EditMedia, EditPlayer, cuts_of, note_of
from shiftclipper.export.words import confidence_word


def otio_text(game: EditGame, player: EditPlayer) -> str:
    """Return a timeline of one player's clips, cut out of the game's own files."""
    cuts = cuts_of(game, player)
    tracks = [_track("Video", cuts, game)]
    if all(one.has_audio for one in game.media):
        tracks.append(_track("Audio", cuts, game))
    timeline = {
        "OTIO_SCHEMA": "Timeline.1",
        "name": f"{game.title} {player.label}",
        "global_start_time": None,
        "metadata": {"shiftclipper": {"player": player.label, "game": game.title}},
        "tracks": {**_item("Stack.1", "tracks"), "children": tracks},
    }
    return json.dumps(timeline, indent=1, ensure_ascii=False) + "\n"


def _track(kind: str, cuts: Sequence[EditCut], game: EditGame) -> dict[str, Any]:
    children = [_clip(cut, game, marked=kind == "Video") for cut in cuts]
    return {**_item("Track.1", kind), "kind": kind, "children": children}


def _clip(cut: EditCut, game: EditGame, *, marked: bool) -> dict[str, Any]:
    media = game.media[cut.media]
    begin = media.first_frame + cut.first
    metadata: dict[str, Any] = {
        "shift": cut.shift.number,
        "start_seconds": float(cut.shift.start),
        "end_seconds": float(cut.shift.end),
        "confidence": round(cut.shift.confidence, 4),
        "set_by_hand": cut.shift.by_hand,
    }
    if media.variable:
        metadata["variable_frame_rate"] = True
    return {
        **_item("Clip.2", cut.label),
        "source_range": _range(begin, cut.frames, media.rate),
        "markers": _markers(cut, game) if marked else [],
        "metadata": {"shiftclipper": metadata},
        "active_media_reference_key": "DEFAULT_MEDIA",
        "media_references": {"DEFAULT_MEDIA": _reference(media)},
    }


def _markers(cut: EditCut, game: EditGame) -> list[dict[str, Any]]:
    """Return the marker over the shift itself, without pre- and post-roll."""
    media = game.media[cut.media]
    inside = [one for one in game.clock.ranges(cut.shift.start, cut.shift.end) if one.source == cut.media]
    if not inside:
        return []
    first, last = media.span(inside[0].start, inside[0].end)
    return [
        {
            "OTIO_SCHEMA": "Marker.2",
            "name": cut.label,
            "color": "GREEN",
            "comment": note_of(cut.shift, confidence_word(cut.shift.confidence)),
            "metadata": {},
            "marked_range": _range(media.first_frame + first, last - first, media.rate),
        }
    ]


def _reference(media: EditMedia) -> dict[str, Any]:
    return {
        "OTIO_SCHEMA": "ExternalReference.1",
        "name": media.path.name,
        "metadata": {},
        "available_image_bounds": None,
        "available_range": _range(media.first_frame, media.frames, media.rate),
        "target_url": media.path.as_uri(),
    }


def _item(schema: str, name: str) -> dict[str, Any]:
    return {
        "OTIO_SCHEMA": schema,
        "name": name,
        "metadata": {},
        "source_range": None,
        "effects": [],
        "markers": [],
        "enabled": True,
    }


def _range(first: int, frames: int, rate: Fraction) -> dict[str, Any]:
    return {
        "OTIO_SCHEMA": "TimeRange.1",
        "start_time": _time(first, rate),
        "duration": _time(frames, rate),
    }


def _time(frames: int, rate: Fraction) -> dict[str, Any]:
    return {"OTIO_SCHEMA": "RationalTime.1", "rate": float(rate), "value": float(frames)}
