"""The contract's arithmetic, computed here a second time and in another way: 60 decimal digits instead of doubles."""

import hashlib
import hmac
from decimal import ROUND_FLOOR, Decimal, localcontext

BILLION = 10**9
SIGMA = Decimal("0.02")
LOWEST, HIGHEST = 950_000_000, 1_050_000_000
PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899")


def multiplier(key, user, day):
    """The daily multiplier in billionths (contract, "The daily multiplier")."""
    digest = hmac.new(key, f"asset-multiplier/1|{user}|{day.isoformat()}".encode(), hashlib.sha256).digest()
    with localcontext() as context:
        context.prec = 60
        u1, u2 = (_uniform(digest[start:start + 8]) for start in (0, 8))
        z = (-2 * u1.ln()).sqrt() * _cos(2 * PI * u2)
        exact = (-SIGMA * SIGMA / 2 + SIGMA * z).exp() * BILLION
        rounded = int((exact + Decimal("0.5")).to_integral_value(ROUND_FLOOR))
    return min(max(rounded, LOWEST), HIGHEST)


def updated(original, billionths):
    return max(0, (original * billionths + BILLION // 2) // BILLION)


def name_of(amount):
    """An amount as a name (contract, section 3)."""
    if amount == 0:
        return "0원"
    sign, rest = ("-", -amount) if amount < 0 else ("", amount)
    for unit, word in ((10**12, "조"), (10**8, "억"), (10**4, "만"), (1, "원")):
        if rest >= unit:
            if rest >= 10 * unit:
                return f"{sign}{(rest + unit // 2) // unit}{word}"
            tenths = (rest * 10 + unit // 2) // unit
            return f"{sign}{tenths // 10}.{tenths % 10}{word}"
    raise AssertionError(amount)


def _uniform(eight_bytes):
    return (Decimal(int.from_bytes(eight_bytes, "big") >> 11) + Decimal("0.5")) / Decimal(2**53)


def _cos(x):
    term, total, n = Decimal(1), Decimal(0), 0
    while abs(term) > Decimal(10) ** -55:
        total += term
        n += 2
        term *= -x * x / (n * (n - 1))
    return total
