"""The price of a portfolio of European calls, with the error function of SciPy."""
import numpy as np
from scipy.special import erf

EXAMPLE = ("portfolio", (0, 3))


def call_price(spot, strike, time, volatility, rate):
    spread = volatility * np.sqrt(time)
    d1 = (np.log(spot / strike) + (rate + 0.5 * volatility ** 2) * time) / spread
    d2 = d1 - spread
    cdf1 = 0.5 + 0.5 * erf(d1 / np.sqrt(2.0))
    cdf2 = 0.5 + 0.5 * erf(d2 / np.sqrt(2.0))
    return spot * cdf1 - strike * np.exp(-rate * time) * cdf2


def portfolio(spot, strike, time, volatility, rate):
    return np.sum(call_price(spot, strike, time, volatility, rate))


def example_args():
    rng = np.random.default_rng(5)
    return rng.uniform(80.0, 120.0, 6), rng.uniform(80.0, 120.0, 6), rng.uniform(0.2, 2.0, 6), 0.2, 0.03
