"""The program's preferences: a window to change them, and what happens at once when they change."""
