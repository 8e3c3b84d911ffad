"""The stages of a job, from the video files to the report."""
