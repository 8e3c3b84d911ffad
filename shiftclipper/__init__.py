"""ShiftClipper: every shift of one hockey player, cut out of a game video."""

__version__ = "0.1.0"
