"""Everything that opens a video file: probe, index, ffmpeg runs, encoders, sampling, proxy, cutting."""
