"""Of steps: what phones tell, and what days come to."""

from datetime import datetime, timezone

from of_walkers import walker
from world import Call, data_of


def _today():
    return datetime.now(timezone.utc).strftime("%Y-%m-%d")


def _update(**more):
    return {"device": "phone", "source": "PHONE", "steps": 900, "hours": [0, 0, 900], "version": 1,
            "utcOffsetMinutes": 0, **more}


def _walking(world):
    """A walker who has consented to its steps being kept."""
    page = walker(world)
    data_of(page.patch("/api/v1/walkers/me", {"sharesSteps": True}))
    return page


def _has_walked(world):
    page = _walking(world)
    data_of(page.put(f"/api/v1/steps/{_today()}", body=_update()))
    return page


def _without_consent(world, operation):
    good = GOOD[operation.id](world)
    return Call(walker(world), good.values, body=good.body)


GOOD = {
    "steps": lambda world: Call(_has_walked(world), {"from": _today(), "to": _today()}),
    "recordStepsOfDays": lambda world: Call(_walking(world), body={"updates": [{"day": _today(), **_update()}]}),
    "stepStatistics": lambda world: Call(_has_walked(world), {"period": "week", "day": _today()}),
    "recordSteps": lambda world: Call(_walking(world), {"day": _today()}, body=_update()),
    "whySteps": lambda world: Call(_has_walked(world), {"day": _today()}),
    "takeStepsBack": lambda world: Call(_has_walked(world), {"day": _today(), "device": "phone"}),
}
PARTICULAR = {
    ("steps", 400): [lambda world, _: Call(_walking(world), {"from": "2026-02-02", "to": "2026-02-01"}),
                     lambda world, _: Call(_walking(world), {"from": "2025-01-01", "to": "2026-02-05"})],
    ("stepStatistics", 400): [lambda world, _: Call(_walking(world), {"period": "hour"}, valid=False)],
    ("whySteps", 400): [lambda world, _: Call(_walking(world), {"day": "yesterday"}, valid=False)],
    ("takeStepsBack", 400): [lambda world, _: Call(_walking(world), {"day": "yesterday", "device": "phone"},
                                                   valid=False)],
    ("recordSteps", 403): [_without_consent],
    ("recordStepsOfDays", 403): [_without_consent],
    ("whySteps", 404): [lambda world, _: Call(_has_walked(world), {"day": "2020-01-01"})],
    ("takeStepsBack", 404): [lambda world, _: Call(_has_walked(world), {"day": _today(), "device": "watch"})],
}
