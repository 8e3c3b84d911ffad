"""Review: the timeline and the table of shifts, and what is done to them."""
