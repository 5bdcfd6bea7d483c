# expect: gradient
"""The module math, on numbers."""
import math

import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(2130)
    return [(0.7,), (0.3,)]


def f(x):
    y = math.asin(x) * math.acos(x) + math.atan(x) + math.atan2(x, 2.0)
    y += math.sinh(x) * math.cosh(x) + math.asinh(x) + math.acosh(1.0 + x) + math.atanh(x)
    y += math.exp2(x) + math.expm1(x) + math.log1p(x) + math.log2(x) + math.log10(x) + math.cbrt(x)
    return y * math.erf(x) + math.gamma(x) * math.erfc(x) + math.lgamma(x) + math.degrees(x) / 100.0
