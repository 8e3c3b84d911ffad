"""Shifts as other programs read them."""
