"""LosslessCut's project file (https://github.com/mifi/lossless-cut): JSON5, of which JSON is a part.

A file `VIDEO-proj.llc` beside VIDEO, or in LosslessCut's own folder, is opened with it.
"""

import json
from typing import Any

from shiftclipper.export.interchange.edit import EditGame, note_of
from shiftclipper.export.words import confidence_word


def losslesscut_text(game: EditGame, source: int) -> str:
    """Return the clips of all players that lie in one file of the game, in its own seconds."""
    segments: list[dict[str, Any]] = []
    for player in game.players:
        for shift in player.shifts:
            for place, start, end in game.clock.ranges(shift.clip_start, shift.clip_end):
                if place == source:
                    segments.append(
                        {
                            "start": round(float(start), 6),
                            "end": round(float(end), 6),
                            "name": f"{player.label} shift {shift.number}",
                            "tags": {"sure": note_of(shift, confidence_word(shift.confidence))},
                        }
                    )
    segments.sort(key=lambda segment: (segment["start"], segment["end"]))
    project = {
        "version": 1,
        "mediaFileName": game.media[source].path.name,
        "cutSegments": segments,
    }
    return json.dumps(project, indent=2, ensure_ascii=False) + "\n"
