"""The command line: `python -m adjoint`."""
