"""How large the files of an export will be, before any is made."""

from collections.abc import Sequence

from shiftclipper.export.clips import ClipPlan
from shiftclipper.export.cutter import CutSource, estimated_bytes
from shiftclipper.export.reel.framing import upright_size
from shiftclipper.jobs.settings import Settings
from shiftclipper.jobs.stages.game import Game

_PLAIN = Settings().reel_look


def export_bytes(game: Game, plans: Sequence[ClipPlan], settings: Settings) -> int:
    """Return about how large clips and reel will be together; the report hardly counts.

    Args:
        game: whose sources are open.
        plans: the clips.
        settings: how they are cut, and whether and how they are joined.
    """
    sources = [CutSource(source.probe, source.index) for source in game.sources]
    clips = estimated_bytes(game.clock, sources, plans, settings.cut_mode)
    if not settings.reel:
        return clips
    if settings.reel_look == _PLAIN:
        return 2 * clips
    # Where something is drawn, every picture is encoded anew.
    drawn = clips
    if settings.cut_mode != "exact":
        drawn = estimated_bytes(game.clock, sources, plans, "exact")
    if settings.reel_shape == "portrait":
        width, height = upright_size(game.size)
        # A larger picture of a part of the film has no more detail than that part.
        drawn = round(drawn * min(1.0, width * height / (game.size[0] * game.size[1])))
    return clips + drawn
