"""Options, portfolios, curves."""
import math

import numpy as np


def black(S, K, T, r, sigma):
    d1 = (math.log(S/K) + (r + sigma**2/2)*T) / (sigma*math.sqrt(T))
    d2 = d1 - sigma*math.sqrt(T)
    N = lambda x: 0.5*(1+math.erf(x/math.sqrt(2)))
    return S*N(d1) - K*math.exp(-r*T)*N(d2)


def binomial_tree(S, K, r, sigma, T, n, american=True):
    """Cox-Ross-Rubinstein, values overwritten level by level."""
    dt = T / n
    u = np.exp(sigma * np.sqrt(dt))
    d = 1 / u
    q = (np.exp(r * dt) - d) / (u - d)
    disc = np.exp(-r * dt)
    prices = S * u ** np.arange(n, -n - 1, -2.0)
    values = np.maximum(K - prices, 0.0)
    for level in range(n - 1, -1, -1):
        values[:level + 1] = disc * (q * values[:level + 1] + (1 - q) * values[1:level + 2])
        if american:
            prices[:level + 1] = prices[:level + 1] * d
            values[:level + 1] = np.maximum(values[:level + 1], K - prices[:level + 1])
    return values[0]


def trinomial_list(S, K, r, sigma, T, n):
    """Lists of floats instead of arrays."""
    dt = T / n
    dx = sigma * math.sqrt(3 * dt)
    nu = r - 0.5 * sigma ** 2
    pu = 0.5 * ((sigma ** 2 * dt + nu ** 2 * dt ** 2) / dx ** 2 + nu * dt / dx)
    pd = pu - nu * dt / dx
    pm = 1 - pu - pd
    values = [max(S * math.exp(k * dx) - K, 0.0) for k in range(-n, n + 1)]
    disc = math.exp(-r * dt)
    for _ in range(n):
        values = [disc * (pd * a + pm * b + pu * c) for a, b, c in zip(values, values[1:], values[2:])]
    return values[0]


def euler_maruyama(mu, sigma, x0, dW, dt):
    x = x0
    for w in dW:
        x = x + mu * x * dt + sigma * x * w
    return np.mean(np.maximum(x - 1.0, 0))


def heston(params, S0, v0, Z1, Z2, dt, strike):
    kappa, theta, xi, rho = params["kappa"], params["theta"], params["xi"], params["rho"]
    n_paths = Z1.shape[1]
    logS = np.full(n_paths, np.log(S0))
    v = np.full(n_paths, v0)
    for z1, z2 in zip(Z1, Z2):
        w = rho * z1 + np.sqrt(1 - rho ** 2) * z2
        vp = np.maximum(v, 1e-8)
        logS += -0.5 * vp * dt + np.sqrt(vp * dt) * z1
        v = v + kappa * (theta - vp) * dt + xi * np.sqrt(vp * dt) * w
    return np.mean(np.maximum(np.exp(logS) - strike, 0))


def asian_barrier(S0, sigma, r, Z, dt, strike, barrier):
    """Paths that touch the barrier are knocked out by a mask."""
    steps, n = Z.shape
    S = np.full(n, S0)
    total = np.zeros(n)
    alive = np.ones(n, dtype=bool)
    for t in range(steps):
        S = S * np.exp((r - 0.5 * sigma ** 2) * dt + sigma * np.sqrt(dt) * Z[t])
        total += S
        alive &= S < barrier
    payoff = np.maximum(total / steps - strike, 0.0)
    payoff[~alive] = 0.0
    return np.exp(-r * steps * dt) * payoff.mean()


def longstaff_schwartz(S0, sigma, K, r, Z, dt):
    """Regression of continuation values on a line, where the option is in the money."""
    steps, n = Z.shape
    paths = np.empty((steps + 1, n))
    paths[0] = S0
    for t in range(steps):
        paths[t+1] = paths[t] * np.exp((r - 0.5 * sigma ** 2) * dt + sigma * np.sqrt(dt) * Z[t])
    cash = np.maximum(K - paths[-1], 0)
    for t in range(steps - 1, 0, -1):
        cash = cash * np.exp(-r * dt)
        itm = paths[t] < K
        if np.sum(itm) < 3:
            continue
        x, y = paths[t][itm], cash[itm]
        xm, ym = x.mean(), y.mean()
        slope = np.sum((x - xm) * (y - ym)) / np.sum((x - xm) ** 2)
        hold = ym + slope * (x - xm)
        exercise = K - x
        cash[itm] = np.where(exercise > hold, exercise, y)
    return np.exp(-r * dt) * np.mean(cash)


def bond_price(rate, coupon, years, freq=2):
    price = 0.0
    for k in range(1, years * freq + 1):
        price += coupon / freq / (1 + rate / freq) ** k
    return price + 100.0 / (1 + rate / freq) ** (years * freq)


def yield_to_maturity(price, coupon, years):
    """Newton's method with a numerical slope; `while True` with a break."""
    y = 0.05
    while True:
        f = bond_price(y, coupon, years) - price
        slope = (bond_price(y + 1e-5, coupon, years) - bond_price(y - 1e-5, coupon, years)) / 2e-5
        y_new = y - f / slope
        if abs(y_new - y) < 1e-12:
            break
        y = y_new
    return y_new


def implied_vol(price, S, K, T, r, sigma0=0.3):
    sigma = sigma0
    for _ in range(50):
        diff = black(S, K, T, r, sigma) - price
        d1 = (math.log(S / K) + (r + 0.5 * sigma ** 2) * T) / (sigma * math.sqrt(T))
        vega = S * math.sqrt(T) * math.exp(-0.5 * d1 ** 2) / math.sqrt(2 * math.pi)
        if abs(diff) < 1e-12:
            return sigma
        sigma -= diff / vega
    raise ValueError(f"no volatility for {price}")


def bootstrap_curve(rates, times):
    """Discount factors from swap rates, in a list that grows and is summed."""
    discounts = []
    annuity = 0.0
    for rate, t, previous in zip(rates, times, [0.0] + times[:-1]):
        tau = t - previous
        df = (1 - rate * annuity) / (1 + rate * tau)
        discounts.append(df)
        annuity += tau * df
    return -np.log(np.array(discounts)) @ (1 / np.array(times))


def portfolio(weights, returns, aversion, cost=0.01):
    w = np.exp(weights) / np.sum(np.exp(weights))
    wealth, peak, drawdown = 1.0, 1.0, 0.0
    for day in returns:
        gross = 1.0 + w @ day
        wealth *= gross
        peak = max(peak, wealth)
        drawdown = max(drawdown, 1 - wealth / peak)
        drifted = w * (1 + day) / gross
        wealth *= 1 - cost * np.abs(drifted - w).sum()
    return np.log(wealth) - aversion * drawdown


def value_at_risk(weights, scenarios, level):
    losses = np.sort(-(scenarios @ weights))
    k = int(np.ceil(level * len(losses)))
    return losses[k:].mean()


def expected_shortfall(weights, scenarios, n_worst):
    pnl = scenarios @ weights
    worst = np.argsort(pnl)[:n_worst]
    return -np.mean(pnl[worst])


def crank_nicolson_option(sigma, r, K, n_space, n_time, T=1.0, s_max=3.0):
    """Payoff on a grid, explicit half steps and Gauss-Seidel for the implicit half."""
    S = np.linspace(0.0, s_max, n_space + 1)
    V = np.maximum(S - K, 0)
    dt = T / n_time
    i = np.arange(1, n_space)
    a = 0.25 * dt * (sigma ** 2 * i ** 2 - r * i)
    b = -0.5 * dt * (sigma ** 2 * i ** 2 + r)
    c = 0.25 * dt * (sigma ** 2 * i ** 2 + r * i)
    for step in range(n_time):
        rhs = a * V[:-2] + (1 + b) * V[1:-1] + c * V[2:]
        V[-1] = s_max - K * np.exp(-r * (step + 1) * dt)
        for _ in range(4):
            for k in range(1, n_space):
                V[k] = (rhs[k-1] + a[k-1] * V[k-1] + c[k-1] * V[k+1]) / (1 - b[k-1])
    return np.interp(1.0, S, V) if False else V[n_space // 2]


def ledger(amounts, kinds, rate):
    """A match over strings."""
    balance, fees = 0.0, 0.0
    for amount, kind in zip(amounts, kinds):
        match kind:
            case "deposit":
                balance += amount
            case "withdraw" if amount <= balance:
                balance -= amount
            case "interest":
                balance *= 1 + rate
            case _:
                fees += 0.01 * amount ** 2
    return balance - fees


def cases():
    rng = np.random.default_rng(8)
    r = rng.normal
    return [
        (black, (0, 1, 2, 3, 4), (100., 95., .5, .02, .3)),
        (binomial_tree, (0, 1, 2, 3, 4), (100.0, 105.0, 0.03, 0.2, 1.0, 6)),
        (binomial_tree, (0, 1, 2, 3, 4), (100.0, 105.0, 0.03, 0.2, 1.0, 6, False)),
        (trinomial_list, (0, 1, 2, 3, 4), (100.0, 98.0, 0.03, 0.2, 1.0, 4)),
        (euler_maruyama, (0, 1, 2, 3, 4), (.1, .2, np.ones(5)*1.1, .3*r(size=(4, 5)), .1)),
        (heston, (0, 1, 2), ({"kappa": 1.5, "theta": 0.04, "xi": 0.3, "rho": -0.6}, 1.0, 0.05, r(size=(4, 6)),
                             r(size=(4, 6)), 0.1, 0.9)),
        (asian_barrier, (0, 1, 2), (1.0, 0.3, 0.02, r(size=(4, 8)), 0.25, 0.9, 1.3)),
        (longstaff_schwartz, (0, 1, 2, 3), (1.0, 0.4, 1.1, 0.03, r(size=(3, 10)), 0.3)),
        (bond_price, (0, 1), (0.04, 5.0, 3)),
        (yield_to_maturity, (0, 1), (97.0, 5.0, 3)),
        (implied_vol, (0, 1, 2, 3, 4), (12.0, 100.0, 98.0, 0.7, 0.02)),
        (bootstrap_curve, (0, 1), ([0.02, 0.025, 0.028], [1.0, 2.0, 3.5])),
        (portfolio, (0, 1, 2, 3), (r(size=3), 0.1 * r(size=(5, 3)), 0.7, 0.02)),
        (value_at_risk, (0, 1), (rng.uniform(size=3), r(size=(8, 3)), 0.7)),
        (expected_shortfall, (0, 1), (rng.uniform(size=3), r(size=(8, 3)), 3)),
        (crank_nicolson_option, (0, 1, 2), (0.3, 0.05, 1.0, 6, 3)),
        (ledger, (0, 2), ([100.0, 30.0, 5.0, 500.0], ["deposit", "withdraw", "interest", "withdraw"], 0.03)),
    ]
