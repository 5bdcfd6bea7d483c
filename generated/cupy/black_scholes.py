# Written by adjoint from black_scholes.py:17 (portfolio).
import cupy as cp
import cupyx.scipy.special


def portfolio_grad(spot, strike, time, volatility, rate):
    # forward
    sqrt = cp.sqrt(time)
    spread = volatility * sqrt
    d1 = (cp.log(spot / strike) + (rate + 0.5 * volatility ** 2) * time) / spread
    d2 = d1 - spread
    sqrt2 = cp.sqrt(2.0)
    cdf1 = 0.5 + 0.5 * cupyx.scipy.special.erf(d1 / sqrt2)
    sqrt3 = cp.sqrt(2.0)

    # backward
    ratio = d2 / sqrt3
    ratio2 = d1 / sqrt2                             # 12 | cdf1 = 0.5 + 0.5 * erf(d1 / np.sqrt(2.0))
    product = 0.5641895835477563 * (strike * cp.exp(-rate * time) * cp.exp(-(ratio * ratio)) / sqrt3)  # 11 | d2 = d1 - spread
    d1_bar = 0.5641895835477563 * (spot * cp.exp(-(ratio2 * ratio2)) / sqrt2) - product
    d1_in_bar = d1_bar / spread                     # 10 | d1 = (np.log(spot / strike) + (rate + 0.5 * vol ...
    spot_bar = cdf1 + d1_in_bar / (spot / strike) / strike
    return spot_bar, cp.sum(d1_in_bar * time) * volatility + cp.sum((product - d1_bar * d1 / spread) * sqrt)
