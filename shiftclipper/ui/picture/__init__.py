"""The picture: playing the game, what is drawn over it, and what is clicked and drawn into it."""
