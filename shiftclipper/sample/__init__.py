"""The sample game: a seeded, procedurally drawn hockey game with exact truth."""

from shiftclipper.sample.game import Game

__all__ = ["Game"]
