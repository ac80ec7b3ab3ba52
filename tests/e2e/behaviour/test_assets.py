"""The daily refresh, the multiplier and the series (contract, sections 3 and 4)."""

import json
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest

from harness.assets import LOWEST, multiplier, name_of, updated
from harness.topology import MULTIPLIER_KEY
from harness.wire import call, expect_failure, expect_success

FIRST = 10_000_000


def series(browser, start, end, **more):
    query = "&".join([f"from={start}", f"to={end}", *(f"{name}={value}" for name, value in more.items())])
    return browser.get(f"/api/v1/users/{browser.me()['userId']}/asset-histories?{query}")


def test_a_refresh_gives_everybody_the_formulas_day(service):
    tomorrow = service.tomorrow()
    people = [service.guest() for _ in range(5)] + [service.member()]
    service.refresh_assets(tomorrow)
    for person in people:
        user = person.me()
        m = multiplier(MULTIPLIER_KEY, user["userId"], tomorrow)
        amount = updated(FIRST, m)
        assert user["userName"] == name_of(amount)
        assert user["userType"] == ("BLUE" if m >= 10**9 else "RED")
        data = expect_success(series(person, service.today(), tomorrow)).data
        assert [(point["date"], point["amount"]) for point in data["points"]] == [
            (service.today().isoformat(), FIRST), (tomorrow.isoformat(), amount)]


def test_a_second_refresh_changes_nothing(service):
    tomorrow = service.tomorrow()
    person = service.guest()
    service.refresh_assets(tomorrow)
    before = expect_success(series(person, service.today(), tomorrow)).json()
    again = service.refresh_assets(tomorrow)
    assert again["failed"] == 0
    assert expect_success(series(person, service.today(), tomorrow)).json() == before
    rows = service.sql(f"SELECT COUNT(*) FROM asset_snapshots WHERE user_id = {person.me()['userId']}")
    assert rows == [["2"]]


def test_today_is_the_default_and_already_there(service):
    person = service.guest()
    result = service.refresh_assets()
    assert result["failed"] == 0
    assert person.me()["userName"] == "1000만", "the day an account is made has its first row"
    assert service.refresh_assets(service.today())["failed"] == 0


def test_a_past_day_does_not_change_the_present(service):
    person = service.guest()
    before = person.me()
    past = service.refresh_assets(service.today() - timedelta(days=3))
    assert past["failed"] == 0
    assert person.me() == before


def test_a_refresh_is_not_for_the_future(service):
    expect_failure(service.service.refresh_assets(service.core, service.today() + timedelta(days=2)), 400)


@pytest.mark.parametrize("body", ['{"snapshotDay": "2026-02-30"}', '{"snapshotDay": 5}', '{"snapshotDay": "today"}', "[]",
                                  "{", '{"snapshotDay": ""}'])
def test_bad_refresh_bodies(service, body):
    expect_failure(service.service.send(service.core, "POST", "/msa/core/api/jobs/asset-refresh", body), 400)


def test_a_refresh_needs_a_services_token(service):
    target = "/msa/core/api/jobs/asset-refresh"
    expect_failure(call(service.core.address, "POST", target, {}), 401)
    expect_failure(service.member("ADMIN").post(target, {}), 401)
    expect_failure(service.service.send(service.core, "POST", target, {}, headers={"X-Forwarded-For": "10.0.0.1"}), 403)
    expect_failure(service.service.send(service.core, "POST", target, {}, headers={"Forwarded": "for=10.0.0.1"}), 403)


def test_update_asset_is_the_formula(service):
    for user in (1, 7, 424242, 2**63 - 1):
        for day in (date(2024, 2, 29), date(2026, 1, 1), service.today()):
            for asset in (0, 1, 10_000_000, 2**53 - 1):
                answer = service.service.update_asset(service.extension, user, asset, day)
                assert answer.status == 200, answer
                envelope = answer.json()
                assert envelope["resultCode"] == "S"
                assert envelope["message"] == "Update asset success"
                m = multiplier(MULTIPLIER_KEY, user, day)
                data = envelope["data"]
                assert set(data) == {"userId", "originalAsset", "multiplier", "updatedAsset", "date"}
                assert (data["userId"], data["originalAsset"], data["date"]) == (user, asset, day.isoformat())
                assert json.loads(answer.body, parse_float=Decimal)["data"]["multiplier"] * 10**9 == m
                assert data["updatedAsset"] == min(updated(asset, m), 2**53 - 1)


def test_update_assets_answers_in_order(service):
    day = service.today()
    accounts = [{"userId": user, "asset": user * 1000} for user in range(1000, 0, -1)]
    answer = service.service.send(service.extension, "POST", "/msa/ext/api/update-assets",
                                  {"snapshotDay": day.isoformat(), "accounts": accounts})
    assert answer.status == 200, answer
    data = answer.data
    assert [entry["userId"] for entry in data] == [account["userId"] for account in accounts]
    for entry in data[::97]:
        m = multiplier(MULTIPLIER_KEY, entry["userId"], day)
        assert entry["updatedAsset"] == updated(entry["originalAsset"], m)
    one_more = accounts + [{"userId": 5000, "asset": 1}]
    refused = service.service.send(service.extension, "POST", "/msa/ext/api/update-assets",
                                   {"snapshotDay": day.isoformat(), "accounts": one_more})
    assert refused.status in (400, 413), refused


def test_the_bounds_hold(service):
    """Among some thousand days there is one that the lower bound stops."""
    user, day = next((user, service.today()) for user in range(1, 5000)
                     if multiplier(MULTIPLIER_KEY, user, service.today()) == LOWEST)
    data = service.service.update_asset(service.extension, user, FIRST, day).data
    assert data["updatedAsset"] == FIRST * 95 // 100


@pytest.mark.parametrize("target,body", [
    ("1", "{}"), ("1", '{"asset": -1}'), ("1", '{"asset": "5"}'), ("1", '{"asset": 1.5}'), ("1", '{"asset": 1e3}'),
    ("1", '{"asset": null}'), ("1", "null"), ("1", ""), ("1", '{"asset": 9223372036854775808}'),
    ("1", '{"asset": 9007199254740992}'), ("1", '{"asset": 1, "asset": 2}'),
    ("1", '{"asset": 1, "snapshotDay": "2026-13-01"}'), ("0", '{"asset": 1}'), ("-1", '{"asset": 1}'),
    ("x", '{"asset": 1}'), ("9223372036854775808", '{"asset": 1}'),
])
def test_bad_updates(service, target, body):
    answer = service.service.send(service.extension, "POST", f"/msa/ext/api/update-asset/{target}", body)
    assert answer.status == 400, answer
    assert answer.json()["resultCode"].startswith("F")


def test_series_has_changes_and_a_tag(service):
    tomorrow = service.tomorrow()
    person = service.guest()
    first = series(person, service.today(), tomorrow)
    service.refresh_assets(tomorrow)
    answer = expect_success(series(person, service.today(), tomorrow))
    data = answer.data
    assert set(data) == {"userId", "from", "to", "interval", "points", "latestChangedAt", "count"}
    assert (data["from"], data["to"]) == (service.today().isoformat(), tomorrow.isoformat())
    assert data["interval"] == "daily"
    assert data["count"] == len(data["points"]) == 2
    one, two = data["points"]
    assert set(one) == {"date", "amount", "changeAmount", "changePercent", "type"}
    assert one["changePercent"] is None
    assert one["type"] == "BLUE"
    change = two["amount"] - one["amount"]
    assert two["changeAmount"] == change
    percent = (Decimal(change) * 100 / one["amount"]).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert abs(Decimal(str(two["changePercent"])) - percent) <= Decimal("0.01") * (change % 1000 == 500)

    tag = answer.header("ETag")
    assert tag.startswith('"') and tag.endswith('"')
    assert first.header("ETag") != tag, "another content, another tag"
    user = person.me()["userId"]
    target = f"/api/v1/users/{user}/asset-histories?from={service.today()}&to={tomorrow}"
    for condition in (tag, f'"x", {tag}', f"W/{tag}", "*"):
        unchanged = person.get(target, headers={"If-None-Match": condition})
        assert unchanged.status == 304, condition
        assert unchanged.body == b""
        assert unchanged.header("ETag") == tag
    assert person.get(target, headers={"If-None-Match": '"x"'}).status == 200


@pytest.mark.parametrize("interval", ["daily", "weekly", "monthly"])
def test_a_single_day_in_every_interval(service, interval):
    person = service.guest()
    today = service.today()
    data = expect_success(series(person, today - timedelta(days=400), today, interval=interval)).data
    assert data["interval"] == interval
    assert [(point["date"], point["amount"]) for point in data["points"]] == [(today.isoformat(), FIRST)]


def test_an_empty_series(service):
    person = service.guest()
    data = expect_success(series(person, date(2020, 1, 1), date(2020, 12, 31))).data
    assert (data["points"], data["count"]) == ([], 0)


@pytest.mark.parametrize("query", ["", "from=2026-01-01", "to=2026-01-01", "from=2026-01-02&to=2026-01-01",
                                   "from=2026-1-1&to=2026-01-02", "from=2026-02-30&to=2026-03-01",
                                   "from=2026-01-01&to=2026-01-02&interval=hourly",
                                   "from=2026-01-01&to=2026-01-02&limit=0", "from=2026-01-01&to=2026-01-02&limit=-1",
                                   "from=2026-01-01&to=2026-01-02&limit=many",
                                   "from=2026-01-01&from=2026-01-01&to=2026-01-02",
                                   "from=0000-01-01&to=2026-01-02", "from=2026-01-01%00&to=2026-01-02"])
def test_bad_series(service, query):
    person = service.guest()
    expect_failure(person.get(f"/api/v1/users/{person.me()['userId']}/asset-histories?{query}"), 400)
