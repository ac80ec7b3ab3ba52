#include <catch2/catch.hpp>

#include "auth/audit/store.hpp"
#include "auth/keys/key_ring.hpp"
#include "auth/module.hpp"
#include "support/databases.hpp"
#include "support/set_clock.hpp"
#include "support/set_trust.hpp"
#include "support/temporary_directory.hpp"

// Keys that were dated by a clock that ran ahead.
namespace dontgoback::auth {
namespace {

using namespace std::chrono_literals;
using When = KeyRing::When;

constexpr auto kAhead = 24h * 365 * 10;

struct Keys {
  explicit Keys(storage::Database& given) : database(given) {}

  void prepare() { ring.prepare(directory.path() / "none.pem", security::Algorithm::es256); }
  void ahead(const std::function<void()>& act) {
    clock.jump(kAhead);
    act();
    clock.jump(-kAhead);
  }
  std::string tend(std::chrono::hours every = {}) { return ring.tend(every, security::Algorithm::es256, trust); }
  std::vector<KeyTimes> times() const {
    std::vector<KeyTimes> all;
    for (const auto& entry : ring.plan()) all.push_back(entry.key);
    return all;
  }
  std::size_t put_right() const {
    const auto entries =
        database.read([](storage::Connection& connection) { return list_entries(connection, 0, 10, ""); });
    return static_cast<std::size_t>(std::ranges::count(entries, "key date put right", &AuditEntry::action));
  }

  storage::Database& database;
  test::SetClock clock;
  test::SetTrust trust{clock};
  test::TemporaryDirectory directory;
  KeyRing ring{database, clock, std::string(32, 'k')};
  Actor actor{"cli:tester", {}};
};

void with_keys(const std::function<void(Keys&)>& body) {
  test::for_each_database(AuthModule().migrations(), [&](storage::Database& database) {
    Keys keys(database);
    body(keys);
  });
}

TEST_CASE("a next key whose date is put right waits as a new one does, and the other keys keep their dates") {
  with_keys([](Keys& keys) {
    keys.prepare();
    const auto start = keys.clock.now();
    const auto next = [&] { return keys.ring.rotate(When::after_publication, keys.actor).value().key.kid; };
    std::string kid;
    keys.ahead([&] { kid = next(); });
    keys.tend();
    keys.clock.advance(kPublishedBefore - 1ms);
    keys.tend();
    CHECK(keys.put_right() == 0);
    keys.clock.advance(1ms);
    keys.tend();
    const auto times = keys.times();
    REQUIRE(times.size() == 2);
    CHECK(times[0].signs_from == start);
    CHECK(times[1].kid == kid);
    CHECK(times[1].signs_from == keys.clock.now() + kPublishedBefore);
    CHECK(keys.put_right() == 1);
  });
}

TEST_CASE("a signing key whose date is put right signs from now, and is followed when its time is over") {
  with_keys([](Keys& keys) {
    keys.ahead([&] { keys.prepare(); });
    keys.tend(24h);
    keys.clock.advance(kPublishedBefore);
    keys.tend(24h);
    REQUIRE(keys.times().size() == 1);
    CHECK(keys.times()[0].signs_from == keys.clock.now());
    keys.clock.advance(24h - kPublishedBefore - 1ms);
    keys.tend(24h);
    CHECK(keys.times().size() == 1);
    keys.clock.advance(1ms);
    keys.tend(24h);
    CHECK(keys.times().size() == 2);
    CHECK(keys.put_right() == 1);
  });
}

TEST_CASE("a date is waited for anew each time the clock is wrong, as it may be right again soon") {
  with_keys([](Keys& keys) {
    keys.prepare();
    const auto next = keys.ring.rotate(When::after_publication, keys.actor).value().key;
    const auto looks_behind = [&](std::chrono::minutes minutes) {
      keys.clock.jump(-24h);
      keys.tend();
      keys.clock.advance(minutes);
      keys.tend();
      keys.clock.jump(24h);
    };
    looks_behind(4min);
    keys.tend();
    looks_behind(4min);  // eight, but for the look between them
    keys.clock.advance(1min);
    keys.tend();
    looks_behind(9min);
    CHECK(keys.put_right() == 0);
    CHECK(keys.times().back().signs_from == next.signs_from);
  });
}

TEST_CASE("a key that was dated ahead is no later than the one that follows it, however soon that is made") {
  with_keys([](Keys& keys) {
    keys.ahead([&] { keys.prepare(); });
    keys.clock.advance(1s);
    const auto published = keys.clock.now();
    REQUIRE(keys.ring.rotate(When::after_publication, keys.actor));
    auto times = keys.times();
    REQUIRE(times.size() == 2);
    CHECK(times[0].signs_from == published);
    CHECK(times[1].signs_from == published + kPublishedBefore);
    keys.clock.advance(kPublishedBefore);
    REQUIRE(keys.ring.rotate(When::now, keys.actor));
    times = keys.times();
    REQUIRE(times.size() == 3);
    CHECK(times[0].signs_from == published);  // what is right is not touched
    CHECK(times[1].signs_from == published + kPublishedBefore);
    CHECK(times[2].signs_from == keys.clock.now());
  });
}

}  // namespace
}  // namespace dontgoback::auth
