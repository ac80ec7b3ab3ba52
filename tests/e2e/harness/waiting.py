import time


def eventually(condition, what, limit=20.0, step=0.02):
    """Awaits a condition; the limit is only there so that a defect ends the test instead of hanging it."""
    end = time.monotonic() + limit
    while True:
        found = condition()
        if found:
            return found
        assert time.monotonic() < end, f"did not happen within {limit} s: {what}; at last there was {found!r}"
        time.sleep(step)
