"""The sample game: a seeded, procedurally drawn hockey game with exact truth.

It is the demo, the test bed of everything that follows, and part of the detector's training set.
`Game` draws any frame and knows who is where; `write_sample` makes files of it.
"""

from shiftclipper.sample.game import Game
from shiftclipper.sample.write import SamplePaths, write_sample

__all__ = ["Game", "SamplePaths", "write_sample"]
