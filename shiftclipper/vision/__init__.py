"""Pixels to tracklets: detector, camera motion, tracker, appearance. No Qt, no database."""
