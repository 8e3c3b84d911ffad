"""Shifts to what leaves the program: clips, reel, report, results files."""
