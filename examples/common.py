"""What the examples share: the backend that was asked for, where pictures go."""
import argparse
from pathlib import Path


def arguments(about, **defaults):
    """The command line: `--backend numpy|cupy`, and an option for each default."""
    words = argparse.ArgumentParser(description=about)
    words.add_argument("--backend", choices=("numpy", "cupy"), default="numpy")
    for name, value in defaults.items():
        words.add_argument("--" + name, type=type(value), default=value)
    return words.parse_args()


def arrays(backend):
    """The module of arrays: numpy or cupy."""
    if backend == "cupy":
        import cupy
        return cupy
    import numpy
    return numpy


def to_host(array):
    """An array of either backend as NumPy's."""
    return array.get() if hasattr(array, "get") else array


def save(figure, name):
    """Write a picture to out/, beside the examples."""
    path = Path(__file__).parent / "out" / name
    path.parent.mkdir(exist_ok=True)
    figure.savefig(path, dpi=120)
    print(f"picture: {path}")


def plots():
    """matplotlib's pyplot, without a window."""
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot
    return matplotlib.pyplot
