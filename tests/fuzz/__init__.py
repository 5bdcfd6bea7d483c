"""Random programs, checked: `python -m tests.fuzz --count 1000 --seed 0`."""
