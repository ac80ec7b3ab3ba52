#include "auth/keys/key_ring.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <set>

#include "auth/audit/store.hpp"
#include "auth/keys/store.hpp"
#include "auth/module.hpp"
#include "auth/registry/registry.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/jose/algorithm.hpp"
#include "dontgoback/security/jose/signing_key.hpp"
#include "support/databases.hpp"
#include "support/set_clock.hpp"
#include "support/set_trust.hpp"

namespace dontgoback::auth {
namespace {

using namespace std::chrono_literals;
using security::Algorithm;

struct Keys {
  explicit Keys(storage::Database& given) : database(given) {
    ring().prepare(directory.path() / "none.pem", Algorithm::es256);
  }

  // A process of its own each time, as of a command.
  KeyRing ring() const { return {database, clock, file_key}; }
  std::string tend(std::chrono::hours every = {}, Algorithm wanted = Algorithm::es256) {
    return server.tend(every, wanted, trust);
  }
  void minutes(int count) {
    for (; count > 0; --count) {
      clock.advance(1min);
      tend();
    }
  }
  Registry registry() const { return {database, {}, file_key}; }
  std::vector<std::string> published() const {
    std::vector<std::string> kids;
    for (const auto& entry : ring().plan()) kids.push_back(entry.key.kid);
    return kids;
  }
  std::string signing() const { return registry().current()->signing_key(clock.now()).kid(); }

  storage::Database& database;
  test::SetClock clock;
  test::SetTrust trust{clock};
  test::TemporaryDirectory directory;
  std::string file_key = std::string(32, 'k');
  KeyRing server{database, clock, file_key};
  Actor actor{"cli:tester", {}};
};

void with_keys(const std::function<void(Keys&)>& body) {
  test::for_each_database(AuthModule().migrations(), [&](storage::Database& database) {
    Keys keys(database);
    body(keys);
  });
}

TEST_CASE("a rotation publishes, waits, switches and forgets, whenever it is interrupted") {
  with_keys([](Keys& keys) {
    const auto first = keys.signing();
    const auto next = keys.ring().rotate(KeyRing::When::after_publication, keys.actor);
    REQUIRE(next);
    const auto second = next->key.kid;
    CHECK(next->state == KeyState::next);
    CHECK(keys.published() == std::vector{first, second});

    // The old key is published until its last token has ended, the new one from the
    // start.
    const auto switched = keys.clock.now() + kPublishedBefore;
    const auto forgotten = switched + kKeptAfterLastToken;
    for (; keys.clock.now() < forgotten; keys.clock.advance(30s)) {
      keys.tend();
      CHECK(keys.signing() == (keys.clock.now() < switched ? first : second));
      REQUIRE(keys.published() == std::vector{first, second});
    }
    keys.tend();
    CHECK(keys.published() == std::vector{second});
    CHECK(keys.signing() == second);
  });
}

TEST_CASE("one next key at a time; `now` brings it forward") {
  with_keys([](Keys& keys) {
    const auto next = keys.ring().rotate(KeyRing::When::after_publication, keys.actor);
    const auto again = keys.ring().rotate(KeyRing::When::after_publication, keys.actor);
    REQUIRE_FALSE(again);
    CHECK(again.failure().kind == FailureKind::conflict);
    const auto now = keys.ring().rotate(KeyRing::When::now, keys.actor);
    REQUIRE(now);
    CHECK(now->key.kid == next->key.kid);
    CHECK(keys.signing() == next->key.kid);
    const auto third = keys.ring().rotate(KeyRing::When::now, keys.actor);
    CHECK(keys.signing() == third->key.kid);
    CHECK(keys.published().size() == 3);
  });
}

TEST_CASE("a retired key is gone at once, and its tokens are denied for as long as anybody may hold it") {
  with_keys([](Keys& keys) {
    const auto first = keys.signing();
    const auto successor = keys.ring().retire(first, keys.actor);
    REQUIRE(successor);
    CHECK(successor->state == KeyState::signing);
    CHECK(keys.published() == std::vector{successor->key.kid});
    security::Claims claims;
    claims.kid = first;
    CHECK(keys.registry().current()->denied()->denies(claims));
    claims.kid = successor->key.kid;
    CHECK_FALSE(keys.registry().current()->denied()->denies(claims));

    keys.clock.advance(kKeyDenied - 1s);  // longer than any verifier keeps a set
    keys.tend();
    CHECK(keys.registry().current()->denied()->size() == 1);
    keys.clock.advance(2s);
    keys.tend();
    CHECK(keys.registry().current()->denied()->size() == 0);
  });
}

TEST_CASE("retiring the signing key lets a published one take over; a next key is only taken back") {
  with_keys([](Keys& keys) {
    const auto first = keys.signing();
    const auto next = keys.ring().rotate(KeyRing::When::after_publication, keys.actor).value().key.kid;
    CHECK(keys.ring().retire(first, keys.actor)->key.kid == next);
    CHECK(keys.signing() == next);
    const auto other = keys.ring().rotate(KeyRing::When::after_publication, keys.actor).value().key.kid;
    REQUIRE(keys.ring().retire(other, keys.actor));
    CHECK(keys.published() == std::vector{next});
    const auto unknown = keys.ring().retire("nothing", keys.actor);
    REQUIRE_FALSE(unknown);
    CHECK(unknown.failure().kind == FailureKind::not_found);
  });
}

TEST_CASE("retiring the signing key never lets an older one sign again") {
  with_keys([](Keys& keys) {
    REQUIRE(keys.ring().rotate(KeyRing::When::now, keys.actor));
    const auto second = keys.signing();
    const auto third = keys.ring().rotate(KeyRing::When::after_publication, keys.actor).value().key.kid;
    REQUIRE(keys.published().size() == 3);
    const auto left = keys.ring().retire(second, keys.actor);
    REQUIRE(left);
    CHECK(left->key.kid == third);
    CHECK(left->state == KeyState::signing);
    CHECK(keys.signing() == third);
    REQUIRE(keys.ring().retire(third, keys.actor));  // the last one: a fresh key signs
    CHECK(keys.signing() == keys.published().back());
    CHECK(keys.published().size() == 2);
  });
}

TEST_CASE("rotation by itself keeps to its days, over years") {
  with_keys([](Keys& keys) {
    std::set<std::string> signers;
    for (int hour = 0; hour < 24 * 100; ++hour, keys.clock.advance(1h)) {
      keys.tend(24h * 30);
      if (hour % 6 == 0) signers.insert(keys.signing());
      REQUIRE(keys.published().size() <= 3);
    }
    CHECK(signers.size() == 4);  // days 0, 30, 60, 90
    const auto before = keys.published();
    keys.clock.advance(1000h);
    keys.tend();  // turned off
    CHECK(keys.published().size() == 1);
    CHECK(keys.published().back() == before.back());
  });
}

TEST_CASE("a clock that ran years ahead and was put right rotates on by itself") {
  with_keys([](Keys& keys) {
    const auto today = keys.clock.now();
    keys.clock.set(today + 24h * 365 * 12);
    keys.tend(24h);
    SECTION("when a next key was published then") {}
    SECTION("when only that one is left") {
      keys.clock.advance(kPublishedBefore + kKeptAfterLastToken + 1s);
      keys.tend(0h);
      REQUIRE(keys.published().size() == 1);
    }
    keys.clock.set(today + 1h);
    CHECK_FALSE(keys.signing().empty());
    std::set<std::string> signers;
    for (int hour = 0; hour < 24 * 4; ++hour, keys.clock.advance(1h)) {
      keys.tend(24h);
      signers.insert(keys.signing());
    }
    CHECK(signers.size() >= 4);
  });
}

TEST_CASE("a clock that is ahead at the start forgets nothing before it has been put right") {
  with_keys([](Keys& keys) {
    const auto first = keys.signing();
    REQUIRE(keys.ring().retire(first, keys.actor));
    REQUIRE(keys.ring().rotate(KeyRing::When::now, keys.actor));
    const auto published = keys.published();
    REQUIRE(published.size() == 2);
    keys.clock.jump(24h * 365);
    keys.trust.confirm(false);
    for (int minute = 0; minute < 24 * 60; ++minute, keys.clock.advance(1min)) keys.tend();
    CHECK(keys.published() == published);
    CHECK(keys.registry().current()->denied()->size() == 1);
    keys.clock.jump(-24h * 366);
    keys.trust.confirm();
    for (int minute = 0; minute < 40; ++minute, keys.clock.advance(1min)) keys.tend();
    CHECK(keys.published() == std::vector{published.back()});  // its successor has signed for long enough
    CHECK(keys.registry().current()->denied()->size() == 1);   // for a month
  });
}

TEST_CASE("a clock that is behind at the start does not hurry a rotation") {
  with_keys([](Keys& keys) {
    const auto first = keys.signing();
    const auto second = keys.ring().rotate(KeyRing::When::after_publication, keys.actor).value().key.kid;
    const auto switched = keys.clock.now() + kPublishedBefore;
    SECTION("put right soon") {
      keys.clock.jump(-1h);
      keys.tend();
      keys.minutes(8);
      CHECK(keys.signing() == first);
      keys.clock.jump(1h);
      for (; keys.clock.now() < switched; keys.clock.advance(15s)) REQUIRE(keys.signing() == first);
      CHECK(keys.signing() == second);
    }
    SECTION("put right late: the next key was published for long enough, and the old one is kept for its tokens") {
      keys.clock.jump(-1h);
      keys.tend();
      keys.minutes(9);
      CHECK(keys.signing() == first);
      keys.minutes(2);
      keys.clock.jump(1h);
      keys.trust.settle(kKeptAfterLastToken - 1ms);
      keys.tend();
      CHECK(keys.signing() == second);
      keys.minutes(10);
      CHECK(keys.published() == std::vector{first, second});
      keys.trust.settle(kKeptAfterLastToken);
      keys.minutes(1);
      CHECK(keys.published() == std::vector{second});
    }
  });
}

TEST_CASE("another algorithm in the configuration publishes a next key of it") {
  with_keys([](Keys& keys) {
    keys.ring().prepare(keys.directory.path() / "none.pem", Algorithm::rs256);  // a command beside the server
    CHECK(keys.ring().describe().size() == 1);
    keys.tend(0h, Algorithm::rs256);
    const auto described = keys.ring().describe();
    REQUIRE(described.size() == 2);
    CHECK(described[0].algorithm == Algorithm::es256);
    CHECK(described[0].plan.state == KeyState::signing);
    CHECK(described[1].algorithm == Algorithm::rs256);
    keys.tend(0h, Algorithm::rs256);
    CHECK(keys.ring().describe().size() == 2);
    keys.clock.advance(kPublishedBefore);
    const auto next =
        keys.ring().rotate(KeyRing::When::after_publication, keys.actor);  // by a command: of the newest's
    REQUIRE(next);
    CHECK(keys.ring().describe().back().algorithm == Algorithm::rs256);
  });
}

TEST_CASE("the key file of the first release is taken over, once") {
  test::for_each_database(AuthModule().migrations(), [](storage::Database& database) {
    const test::TemporaryDirectory directory;
    const auto file = directory.path() / "auth-signing-key.pem";
    const auto old = security::SigningKey::generate(Algorithm::es256);
    std::ofstream(file) << old.to_pem();
    std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    const test::SetClock clock;
    KeyRing ring(database, clock, std::string(32, 'k'));
    ring.prepare(file, Algorithm::rs256);
    ring.prepare(file, Algorithm::rs256);
    REQUIRE(ring.plan().size() == 1);
    CHECK(ring.plan().front().key.kid == old.kid());
  });
}

TEST_CASE("another auth.key is refused by name, and the database alone signs nothing") {
  with_keys([](Keys& keys) {
    keys.file_key = std::string(32, 'x');
    CHECK_THROWS_WITH(keys.registry(), Catch::Contains("auth.key"));
    CHECK_THROWS_AS(keys.ring().describe(), std::invalid_argument);
    const auto rows = keys.database.read([](storage::Connection& connection) { return all_keys(connection); });
    CHECK(security::base64url_decode(rows.front().sealed)->find("PRIVATE") == std::string::npos);
  });
}

TEST_CASE("what was done to the keys is in the audit trail") {
  with_keys([](Keys& keys) {
    const auto next = keys.ring().rotate(KeyRing::When::after_publication, keys.actor).value().key.kid;
    REQUIRE(keys.ring().retire(next, keys.actor));
    const auto entries =
        keys.database.read([](storage::Connection& connection) { return list_entries(connection, 0, 10, ""); });
    REQUIRE(entries.size() == 3);
    CHECK(entries[0].action == "key retire");
    CHECK(entries[0].subject == next);
    CHECK(entries[0].actor.name == "cli:tester");
    CHECK(entries[1].action == "key rotate");
    CHECK(entries[2].action == "key make");
    CHECK(entries[2].actor.name == "node");
  });
}

}  // namespace
}  // namespace dontgoback::auth
