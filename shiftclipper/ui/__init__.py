"""Qt widgets and models; they read and write through jobs.store only."""
