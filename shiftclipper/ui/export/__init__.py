"""The Export step: what leaves the program, where to, and the reel to look at when it is done."""
