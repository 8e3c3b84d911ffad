"""The reel worth sending: cards, spotlight, crossfades and 9:16, drawn piece by piece and then joined."""

from shiftclipper.export.reel.cards import Card, ShiftCard, TitleCard
from shiftclipper.export.reel.make import make_reel
from shiftclipper.export.reel.scenes import Known, ReelClip, ReelLook

__all__ = ["Card", "Known", "ReelClip", "ReelLook", "ShiftCard", "TitleCard", "make_reel"]
