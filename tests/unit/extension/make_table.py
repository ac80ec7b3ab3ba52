#!/usr/bin/env python3
"""Makes the tables of the daily multiplier in 60-digit decimals, independently of the C++:

    python3 tests/unit/extension/make_table.py

writes accounts.inc (key, user and day to multiplier) and ties.inc (the two 53-bit integers of steps 2 and 3 to multiplier,
chosen so that the value times 10^9 lies as near to a tie as can be found on either side). The same output every time.
"""
import hashlib
import hmac
import math
import random
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal, getcontext
from pathlib import Path

getcontext().prec = 60
BILLION = Decimal(10) ** 9
HALF = Decimal("0.5")
KEY = bytes(range(32))


def arctan_of_inverse(n):
    total, power, k = Decimal(0), Decimal(1) / n, 0
    while power > Decimal(10) ** -62:
        total += (power if k % 2 == 0 else -power) / (2 * k + 1)
        power /= n * n
        k += 1
    return total


PI = 4 * (4 * arctan_of_inverse(5) - arctan_of_inverse(239))


def cos(x):
    total, term, k = Decimal(0), Decimal(1), 0
    while abs(term) > Decimal(10) ** -62:
        total += term
        term *= -x * x / ((2 * k + 1) * (2 * k + 2))
        k += 1
    return total


def unit(n):
    return (Decimal(n) + HALF) / 2**53


def scaled(n1, n2, sigma):
    s = Decimal(sigma)  # exactly the double
    z = (-2 * unit(n1).ln()).sqrt() * cos(2 * PI * unit(n2))
    return (s * z - s * s / 2).exp() * BILLION


def half_up(x):
    return int((x + HALF).to_integral_value(ROUND_FLOOR))


def bound(percent):
    return half_up((100 + Decimal(percent)) * 10**7)


def integers(user, day):
    h = hmac.new(KEY, f"asset-multiplier/1|{user}|{day}".encode(), hashlib.sha256).digest()
    return int.from_bytes(h[:8], "big") >> 11, int.from_bytes(h[8:16], "big") >> 11


def accounts(rng):
    settings = [(0.02, -5.0, 5.0)] * 6 + [
        (0.0, -5.0, 5.0), (0.1, -5.0, 5.0), (0.02, -1.25, 0.3), (0.5, -99.0, 900.0), (0.001, -0.1, 0.1),
        (1.0, -99.9, 100000.0), (3.7, -99.999, 1e6), (0.02, 1.0, 1.0), (10.0, -99.9999, 1e6), (0.3, -50.0, 1000.0)]
    for i in range(3000):
        user = rng.choice([rng.randint(1, 1000), rng.randint(1, 10**7), rng.randint(1, 2**63 - 1)])
        day = date(2000, 1, 1) + timedelta(days=rng.randint(0, 40000))
        if i == 0:
            user, day = 1, date(1, 1, 1)
        if i == 1:
            user, day = 2**63 - 1, date(9999, 12, 31)
        sigma, low, high = settings[i % len(settings)]
        m = min(max(half_up(scaled(*integers(user, day), sigma)), bound(low)), bound(high))
        yield f'{{{user}, "{day.isoformat()}", {sigma!r}, {low!r}, {high!r}, {m}}},\n'


def ties(rng):
    """For a random n1 and tie the n2 on either side of it: one step of n2 moves the value by 10^-8 or less."""
    made = 0
    while made < 400:
        sigma = rng.choice([0.02, 0.02, 0.001, 0.3, 1.0])
        n1 = rng.randrange(2**53)
        radius = (-2 * unit(n1).ln()).sqrt()
        s = Decimal(sigma)
        some = scaled(n1, rng.randrange(2**53), sigma)
        tie = some.to_integral_value(ROUND_FLOOR) + HALF
        c = ((tie / BILLION).ln() / s + s / 2) / radius
        if abs(c) >= 1:
            continue
        x = Decimal(math.acos(float(c)))  # then Newton
        for _ in range(5):
            sine = cos(x - PI / 2)
            if abs(sine) < Decimal("1e-12"):
                break
            x += (cos(x) - c) / sine
        n2 = int((x / (2 * PI) * 2**53 - HALF).to_integral_value(ROUND_FLOOR))
        for n in (n2, n2 + 1):
            if not 0 <= n < 2**53:
                continue
            value = scaled(n1, n, sigma)
            assert abs(value - tie) < Decimal("1e-4"), (n1, n, sigma)
            yield f"{{{n1}u, {n}u, {sigma!r}, {half_up(value)}}},\n"
            made += 1


def edges():
    """Where a careless `u1` becomes 1, and the ends of both ranges."""
    top = 2**53 - 1
    for n1 in (0, 1, 2**52 - 1, 2**52, top - 1, top):
        for n2 in (0, 1, 2**51, 2**52, 3 * 2**51, top):
            for sigma in (0.0, 0.02, 1.0):
                yield f"{{{n1}u, {n2}u, {sigma!r}, {half_up(scaled(n1, n2, sigma))}}},\n"


def main():
    here = Path(__file__).parent
    rng = random.Random(20260131)
    head = "// Made by make_table.py in 60-digit decimals; do not edit.\n"
    here.joinpath("accounts.inc").write_text(head + "".join(accounts(rng)))
    here.joinpath("ties.inc").write_text(head + "".join(edges()) + "".join(ties(rng)))


main()
