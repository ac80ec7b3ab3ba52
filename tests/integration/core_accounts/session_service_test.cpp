// What the service decides by itself, without the look that the route takes before it.
#include "core/sessions/session_service.hpp"

#include "core/sessions/session_store.hpp"
#include "core/sessions/sessions.hpp"
#include "support/core/world.hpp"

using namespace dontgoback;
using namespace dontgoback::core;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

struct Fixture {
  explicit Fixture(storage::Dialect dialect) : world(dialect), user(world.node.create_user()) {
    signed_in = world.database.write([&](storage::Connection& connection) {
      return sessions::begin_session(connection, user, http::Role::user, {}, world.clock.now());
    });
  }
  std::int64_t tokens() { return world.number("SELECT COUNT(*) FROM refresh_tokens"); }

  World world;
  UserId user;
  sessions::SessionService service{world.database, world.clock, world.node.trust, std::string(32, 'k')};
  sessions::SignedIn signed_in;
};

}  // namespace

TEST_CASE("Neither a first token nor its successor goes on with a session that has ended, or of who takes no part") {
  Fixture f(ON_EACH_DATABASE());
  const auto first = f.signed_in.refresh_token;
  const auto next = f.service.renew(first, {}).value().refresh_token;
  REQUIRE(f.service.holder_of(first));
  REQUIRE(f.service.holder_of(next));
  const bool ended = GENERATE(true, false);
  CAPTURE(ended);
  if (ended) {
    f.service.end(f.signed_in.identity.session);
  } else {
    f.world.execute("UPDATE accounts SET status = 1");  // beside it, so that no session was ended
  }
  const auto before = f.tokens();
  for (const auto& token : {first, next}) {
    CHECK_FALSE(f.service.holder_of(token));
    CHECK_FALSE(f.service.renew(token, {}));
  }
  CHECK(f.tokens() == before);
}

TEST_CASE("A session keeps its first token, 32 that were used just now, and the one to come") {
  Fixture f(ON_EACH_DATABASE());
  auto token = f.signed_in.refresh_token;
  const auto renew = [&] { token = f.service.renew(token, {}).value().refresh_token; };
  for (int i = 0; i < 60; ++i) {
    f.world.clock.advance(1ms);
    renew();
  }
  CHECK(f.tokens() == 1 + 32 + 1);
  f.world.clock.advance(31s);
  renew();
  CHECK(f.tokens() == 1 + 2 + 1);  // of those of long ago the last, and what was used now
}

TEST_CASE("A token whose successor was used 30 s ago is known still, whoever renews in that moment") {
  Fixture f(ON_EACH_DATABASE());
  const auto renewed = [&](const std::string& token) {
    f.world.clock.advance(1s);
    return f.service.renew(token, {}).value().refresh_token;
  };
  const auto second = renewed(f.signed_in.refresh_token);
  const auto third = renewed(second);
  const auto fourth = renewed(third);
  f.world.clock.advance(29s);
  REQUIRE(renewed(fourth).size() == fourth.size());
  const auto again = f.service.renew(second, {});  // its answer was lost
  REQUIRE(again);
  CHECK(again->refresh_token == third);
  CHECK(f.service.holder_of(third));
}

TEST_CASE("A session that has ended keeps its moment when the rest of the account's end") {
  Fixture f(ON_EACH_DATABASE());
  f.service.end(f.signed_in.identity.session);
  const auto ended_at = [&] { return f.world.number("SELECT MIN(ended_at) FROM sessions WHERE ended_at IS NOT NULL"); };
  const auto first = ended_at();
  f.world.clock.advance(1h);
  f.service.end(f.signed_in.identity.session);
  f.world.database.write([&](storage::Connection& connection) {
    sessions::begin_session(connection, f.user, http::Role::user, {}, f.world.clock.now());
    sessions::end_sessions_of(connection, f.user, 0, f.world.clock.now());
  });
  CHECK(f.world.number("SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL") == 0);
  CHECK(ended_at() == first);
}
