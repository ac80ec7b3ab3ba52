#include <catch2/catch.hpp>

#include "auth/keys/key_ring.hpp"
#include "auth/module.hpp"
#include "support/databases.hpp"
#include "support/set_clock.hpp"
#include "support/temporary_directory.hpp"

namespace dontgoback::auth {
namespace {

TEST_CASE("retiring the signing key never lets an older one sign again") {
  test::for_each_database(AuthModule().migrations(), [](storage::Database& database) {
    const test::SetClock clock;
    const test::TemporaryDirectory directory;
    const Actor actor{"cli:tester", {}};
    KeyRing ring(database, clock, std::string(32, 'k'));
    ring.prepare(directory.path() / "none.pem", security::Algorithm::es256);
    const auto second = ring.rotate(KeyRing::When::now, actor).value();
    REQUIRE(second.state == KeyState::signing);
    const auto third = ring.rotate(KeyRing::When::after_publication, actor).value();
    REQUIRE(ring.plan().size() == 3);

    const auto left = ring.retire(second.key.kid, actor);
    REQUIRE(left);
    CHECK(left->key.kid == third.key.kid);
    CHECK(left->state == KeyState::signing);
    const auto last = ring.retire(third.key.kid, actor);
    REQUIRE(last);
    CHECK(last->state == KeyState::signing);  // a fresh one
    CHECK(ring.plan().size() == 2);
    CHECK(ring.plan().back().key.kid == last->key.kid);
  });
}

}  // namespace
}  // namespace dontgoback::auth
