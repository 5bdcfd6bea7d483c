"""From a program that names forward values by step to one that saves, reloads or recomputes them."""
