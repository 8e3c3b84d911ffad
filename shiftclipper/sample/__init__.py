"""The sample game: a seeded, procedurally drawn hockey game with exact truth."""
