#include "core/sign_in/identities.hpp"

#include <algorithm>
#include <map>
#include <thread>

#include "core/parts.hpp"
#include "core/sign_in/providers/tries.hpp"
#include "core/sign_in/revocations.hpp"
#include "dontgoback/http/error.hpp"
#include "support/core/world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace dontgoback::core::sign_in;
using namespace std::chrono_literals;

namespace {

const Person kPerson{"https://provider.test", "person-1"};
ProviderSettings office() {
  ProviderSettings settings;
  settings.issuer = kPerson.issuer;
  return settings;
}

const Hop kHop{std::string(43, 'b'), std::string(43, 's')};

struct Members : World {
  explicit Members(storage::Dialect dialect) : World(dialect) {}

  template <class F>
  auto write(F&& act) {
    return database.write([&](storage::Connection& connection) { return act(connection); });
  }
  Linking link(UserId user, const Person& person = kPerson, const std::optional<std::string>& token = {}) {
    return write(
        [&](auto& connection) { return link_identity(connection, user, person, "office", token, clock.now()); });
  }
  /// The tokens that are to be revoked, of persons.
  std::map<std::string, std::string> to_revoke() {
    std::map<std::string, std::string> found;
    write([&](auto& connection) {
      found.clear();
      connection.each("SELECT payload FROM outbox WHERE topic = :topic", storage::args(kRevocationTopic),
                      [&](std::string payload) {
                        const auto read = read_revocation(payload);
                        found.emplace(read.value().person.subject, read->token.value_or("none"));
                      });
    });
    return found;
  }
  std::vector<LinkedIdentity> ways(UserId user) {
    return write([&](auto& connection) { return identities_of(connection, user); });
  }
  Result<Done> unlink(UserId user, std::int64_t identity) {
    static const core::accounts::WaysIn kWaysIn{{core::accounts::has_email, signs_in_by({office()})}};
    try {
      write([&](auto& connection) { unlink_identity(connection, kWaysIn, user, identity); });
      return Done{};
    } catch (const http::Error& refused) {
      return refused.failure();
    }
  }
};

}  // namespace

TEST_CASE("A person is one member's way in, however often and by whom it is linked") {
  Members world(ON_EACH_DATABASE());
  const auto first = world.node.create_user(), second = world.node.create_user();
  CHECK(world.link(first) == Linking::done);
  CHECK(world.link(first) == Linking::already);
  CHECK(world.link(second) == Linking::elsewhere);
  CHECK(world.link(second, {"https://other.test", kPerson.subject}) == Linking::done);
  CHECK(world.link(second, {kPerson.issuer, "PERSON-1"}) == Linking::done);
  CHECK(world.write([&](auto& connection) { return holder_of(connection, kPerson); }) == first);
  CHECK(world.ways(first).size() == 1);
  CHECK(world.ways(second).size() == 2);
}

TEST_CASE("The last way in stays, also when two are taken away at once") {
  Members world(ON_EACH_DATABASE());
  const auto member = world.node.create_user(), stranger = world.node.create_user();
  world.link(member);
  world.link(member, {kPerson.issuer, "person-2"});
  const auto ways = world.ways(member);
  CHECK(world.unlink(stranger, ways[0].id).failure().kind == FailureKind::not_found);
  std::vector<std::thread> threads;
  for (const auto& way : ways) threads.emplace_back([&world, member, way] { (void)world.unlink(member, way.id); });
  for (auto& thread : threads) thread.join();
  REQUIRE(world.ways(member).size() == 1);
  const auto last = world.ways(member).front().id;
  CHECK(world.unlink(member, last).failure().kind == FailureKind::conflict);
  // Nobody signs in by a provider that is not there any more.
  world.link(member, {"https://gone.test", "person-1"});
  CHECK(world.unlink(member, last).failure().kind == FailureKind::conflict);
  world.execute("UPDATE accounts SET email = 'a@example.test' WHERE id = " + std::to_string(member.value));
  CHECK(world.unlink(member, last));
  CHECK(world.ways(member).size() == 1);
}

TEST_CASE("A try is good once, in its browser, at its provider and for ten minutes") {
  Members world(ON_EACH_DATABASE());
  const auto find = [&](const Hop& hop, std::string_view provider = "office") {
    return world.write([&](auto& connection) { return find_try(connection, hop, provider, world.clock.now()); });
  };
  const auto use = [&] {
    return world.write([&](auto& connection) { return use_try(connection, kHop, world.clock.now()); });
  };
  const auto keep = [&](std::string_view code) {
    return world.write([&](auto& connection) { return keep_code(connection, kHop, code); });
  };
  world.write([&](auto& connection) {
    add_try(connection, kHop, {.provider = "office", .guest = UserId{7}}, world.clock.now());
  });
  REQUIRE(find(kHop));
  CHECK(find(kHop)->guest == UserId{7});
  CHECK_FALSE(find({std::string(43, 'x'), kHop.state}));
  CHECK_FALSE(find({kHop.browser, std::string(43, 'x')}));
  CHECK_FALSE(find(kHop, "google"));
  CHECK(keep("code"));
  CHECK_FALSE(keep("another"));
  CHECK(find(kHop)->code == "code");
  world.clock.advance(kTryLife - 1ms);
  CHECK(find(kHop));
  world.clock.advance(1ms);
  CHECK_FALSE(find(kHop));
  CHECK(use());
  CHECK_FALSE(use());
  CHECK(world.number("SELECT COUNT(*) FROM sign_in_tries WHERE code IS NULL") == 1);
}

TEST_CASE("Ways in go with their account, and its tries") {
  Members world(ON_EACH_DATABASE());
  const auto member = world.node.create_user(), other = world.node.create_user();
  world.link(member);
  world.write([&](auto& connection) {
    add_try(connection, kHop, {.provider = "office", .link_to = member}, world.clock.now());
  });
  const core::Parts parts;
  SECTION("removed") {
    world.write([&](auto& connection) { parts.life_cycle.remove(connection, member); });
    CHECK(world.number("SELECT COUNT(*) FROM identities") == 0);
  }
  SECTION("merged") {
    world.write([&](auto& connection) { parts.life_cycle.merge(connection, member, other); });
    CHECK(world.ways(other).size() == 1);
  }
  CHECK(world.number("SELECT COUNT(*) FROM sign_in_tries") == 0);
}

TEST_CASE("Whose person is nobody's way in any more is to be told to the provider, with the newest token") {
  Members world(ON_EACH_DATABASE());
  const auto member = world.node.create_user();
  const Person second{kPerson.issuer, "person-2"}, third{kPerson.issuer, "person-3"};
  world.link(member, kPerson, "first");
  CHECK(world.link(member, kPerson, "newest") == Linking::already);
  CHECK(world.link(member, kPerson) == Linking::already);
  world.link(member, second);
  CHECK(world.link(world.node.create_user(), kPerson, "another's") == Linking::elsewhere);
  const auto ways = world.ways(member);
  REQUIRE(ways.size() == 2);
  CHECK(ways[0].token == "newest");
  CHECK(world.unlink(member, ways[0].id));
  CHECK(world.to_revoke() == std::map<std::string, std::string>{{"person-1", "newest"}});
  CHECK_FALSE(world.unlink(member, ways[1].id));

  world.link(member, third, "third");
  world.write([&](auto& connection) {
    return link_identity(connection, member, {"https://kauth.kakao.com", "7"}, "kakao", {}, world.clock.now());
  });
  const core::Parts parts;
  world.write([&](auto& connection) { parts.life_cycle.remove(connection, member); });
  CHECK(world.to_revoke() ==
        std::map<std::string, std::string>{{"person-1", "newest"}, {"person-3", "third"}, {"7", "none"}});
}
