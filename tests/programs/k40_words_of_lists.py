# expect: gradient
"""Strings of a list or dict of an argument: what they are is asked when the derivative runs."""
import numpy as np

ARGNUMS = (0, 2)


def inputs():
    rng = np.random.default_rng(34)
    words = [["sin", "square", "other", "skip", "sin"], ["skip", "skip", "stop", "sin", "sin"], ["square"]]
    return [(list(rng.normal(size=len(w))), w, 0.7, {"last": w[-1], "first": w[0]}) for w in words]


def step(x, word, s):
    if word == "sin":
        return np.sin(x) * s
    return x * x if word == "square" else s


def f(xs, words, s, names):
    total = 1.0
    for x, word in zip(xs, words):
        if word in ("skip", "pass"):
            continue
        if word == "stop" or word not in ["sin", "square", "other"]:
            break
        total = total * s + step(x, word, total)
        if word != names["last"]:
            total += x * s
    match words[0]:
        case "sin" | "skip":
            total *= s
        case word if word == names["last"]:
            total = total * total
    return total * step(xs[-1], names["first"], s) if names["first"] != "other" else total
