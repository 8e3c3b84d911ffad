"""The reel worth sending: cards, spotlight, crossfades and 9:16, drawn into pieces that are then joined."""
