"""Hostile input: files that are broken on purpose, given to the program as strangers' files are."""
