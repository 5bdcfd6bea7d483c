"""Recursion: over nested tuples, over intervals, over grammars."""
from collections import namedtuple

import numpy as np

Point = namedtuple("Point", "x y")


def poly_area(pts):
    area = 0.0
    for p, q in zip(pts, pts[1:] + pts[:1]):
        area += p.x * q.y - q.x * p.y
    return abs(area) / 2


def evaluate(expr, x):
    """An expression as nested tuples, numbers at the leaves."""
    op = expr[0]
    if op == "const":
        return expr[1]
    if op == "var":
        return x
    a = evaluate(expr[1], x)
    b = evaluate(expr[2], x)
    if op == "+":
        return a + b
    if op == "*":
        return a * b
    return np.sin(a) * b


def expression_loss(expr, xs):
    return sum(evaluate(expr, x) ** 2 for x in xs)


def tree_lstm(tree, W, U):
    if isinstance(tree, tuple):
        left, right = tree
        return np.tanh(W @ tree_lstm(left, W, U) + U @ tree_lstm(right, W, U))
    return tree


def tree_loss(tree, W, U):
    return np.sum(tree_lstm(tree, W, U) ** 2)


def simpson(f, a, b):
    return (b - a) / 6 * (f(a) + 4 * f(0.5 * (a + b)) + f(b))


def adaptive_quadrature(k, a, b, tol, depth=0):
    def f(x):
        return np.exp(-k * x) * np.sin(5 * x)

    mid = 0.5 * (a + b)
    whole = simpson(f, a, b)
    left, right = simpson(f, a, mid), simpson(f, mid, b)
    if depth >= 8 or abs(left + right - whole) < 15 * tol:
        return left + right + (left + right - whole) / 15
    return (adaptive_quadrature(k, a, mid, tol / 2, depth + 1)
            + adaptive_quadrature(k, mid, b, tol / 2, depth + 1))


def pairwise_sum(x):
    n = len(x)
    if n <= 2:
        return np.sum(np.exp(x))
    return pairwise_sum(x[:n // 2]) * 0.5 + pairwise_sum(x[n // 2:])


def merge_soft(x, temperature):
    """A tournament of soft maxima."""
    if len(x) == 1:
        return x[0]
    mid = len(x) // 2
    a, b = merge_soft(x[:mid], temperature), merge_soft(x[mid:], temperature)
    return temperature * np.logaddexp(a / temperature, b / temperature)


def decision_tree(node, x):
    """A soft decision tree in nested dicts."""
    if "value" in node:
        return node["value"]
    p = 1 / (1 + np.exp(-(x @ node["w"] - node["t"])))
    return p * decision_tree(node["left"], x) + (1 - p) * decision_tree(node["right"], x)


def forest_loss(forest, X, y):
    total = 0.0
    for x, target in zip(X, y):
        prediction = sum(decision_tree(tree, x) for tree in forest) / len(forest)
        total += (prediction - target) ** 2
    return total / len(y)


def kinematic_chain(lengths, angles, target):
    x = y = heading = 0.0
    joints = [(x, y)]
    for length, angle in zip(lengths, angles):
        heading += angle
        x, y = x + length * np.cos(heading), y + length * np.sin(heading)
        joints.append((x, y))
    reach = (x - target[0]) ** 2 + (y - target[1]) ** 2
    low = sum(min(jy, 0.0) ** 2 for _, jy in joints)
    return reach + low


def felsenstein(node, rates, Q):
    """Likelihood of a phylogeny: a leaf is an integer, an inner node a tuple of branches."""
    if isinstance(node, int):
        leaf = np.zeros(len(rates))
        leaf[node] = 1.0
        return leaf
    result = np.ones(len(rates))
    for child, length in node:
        P = np.exp(-length * rates)[:, None] * np.eye(len(rates)) + (1 - np.exp(-length * rates))[:, None] * Q
        result = result * (P @ felsenstein(child, rates, Q))
    return result


def phylogeny(tree, rates, Q):
    return np.log(np.mean(felsenstein(tree, rates, Q)))


def hanoi_cost(n, costs, a=0, b=1, c=2):
    if n == 0:
        return 0.0
    return hanoi_cost(n - 1, costs, a, c, b) + costs[a, c] * n + hanoi_cost(n - 1, costs, b, a, c)


def richardson(f0, h, order, c):
    """A triangle of extrapolations, rows as lists."""
    rows = []
    for i in range(order):
        step = h / 2 ** i
        row = [(np.sin(c * (f0 + step)) - np.sin(c * (f0 - step))) / (2 * step)]
        for j in range(1, i + 1):
            row.append(row[j-1] + (row[j-1] - rows[i-1][j-1]) / (4 ** j - 1))
        rows.append(row)
    return rows[-1][-1]


def cases():
    rng = np.random.default_rng(10)
    r = rng.normal
    leaf = {"value": 0.3}
    tree = {"w": r(size=2), "t": 0.1, "left": {"value": 1.2}, "right": {"w": r(size=2), "t": -0.4, "left": leaf,
                                                                       "right": {"value": -0.7}}}
    return [
        (poly_area, (0,), ([Point(0., 0.), Point(1., .1), Point(.8, .9)],)),
        (expression_loss, (0, 1), (("+", ("*", ("const", 0.7), ("var",)), ("sin", ("var",), ("const", 1.3))), r(size=3))),
        (tree_loss, (0, 1, 2), (((r(size=3), r(size=3)), r(size=3)), r(size=(3, 3)), r(size=(3, 3)))),
        (adaptive_quadrature, (0, 1, 2), (0.6, 0.0, 2.0, 1e-4)),
        (pairwise_sum, (0,), (r(size=7),)),
        (merge_soft, (0, 1), (r(size=6), 0.4)),
        (forest_loss, (0, 1, 2), ([tree, {"value": 0.2}], r(size=(3, 2)), r(size=3))),
        (kinematic_chain, (0, 1, 2), (rng.uniform(0.5, 1, size=4), r(size=4), np.array([1.0, 0.5]))),
        (phylogeny, (0, 1, 2), (((((0, 0.2), (1, 0.3)), 0.1), (2, 0.4)), rng.uniform(0.5, 1, size=3),
                             rng.uniform(size=(3, 3)))),
        (hanoi_cost, (1,), (3, r(size=(3, 3)))),
        (richardson, (0, 1, 3), (0.4, 0.3, 3, 1.7)),
    ]
