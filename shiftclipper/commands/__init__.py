"""What the commands do, without click: each takes plain arguments and returns plain values."""
