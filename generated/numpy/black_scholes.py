# Written by adjoint from black_scholes.py:17 (portfolio): reverse mode, wrt spot, volatility.
import numpy as np
import scipy.special


def portfolio_grad(spot, strike, time, volatility, rate):
    """Gradient of `portfolio` with respect to `spot` and `volatility`, in reverse mode.

    Args:
        spot, strike, time: (n,).
        volatility, rate: float.

    Returns:
        spot_bar: (n,), volatility_bar: float.
    """
    # forward
    sqrt = np.sqrt(time)
    spread = volatility * sqrt
    d1 = (np.log(spot / strike) + (rate + 0.5 * volatility ** 2) * time) / spread
    d2 = d1 - spread
    sqrt2 = np.sqrt(2.0)
    cdf1 = 0.5 + 0.5 * scipy.special.erf(d1 / sqrt2)
    sqrt3 = np.sqrt(2.0)

    # backward
    ratio = d2 / sqrt3                              # call_price:13 | cdf2 = 0.5 + 0.5 * erf(d2 ...
    product = -0.5641895835477563 * (strike * np.exp(-rate * time))
    d2_bar = product * np.exp(-ratio * ratio) / sqrt3
    ratio = d1 / sqrt2                              # call_price:12 | cdf1 = 0.5 + 0.5 * erf(d1 ...
    # call_price:11 | d2 = d1 - spread
    d1_bar = 0.5641895835477563 * spot * np.exp(-ratio * ratio) / sqrt2 + d2_bar
    d1_in_bar = d1_bar / spread                     # call_price:10 | d1 = (np.log(spot / strike ...
    spot_bar = cdf1 + d1_in_bar / (spot / strike) / strike
    return (spot_bar,
            np.sum(d1_in_bar * time) * volatility + np.sum((-d2_bar - d1_bar * d1 / spread) * sqrt))
