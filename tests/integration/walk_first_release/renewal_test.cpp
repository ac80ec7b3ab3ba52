// Tokens of the first release's clients, over time.
#include "first_release_world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using std::chrono::hours;
using std::chrono::seconds;

TEST_CASE("A refresh token is replaced at every use, and an answer that was lost is given again") {
  FirstReleaseWorld f(ON_EACH_DATABASE());
  const auto ann = f.sign_up();
  const auto second = f.app_of(f.renew(ann.refresh));
  CHECK(second.refresh != ann.refresh);
  CHECK(second.uuid == ann.uuid);
  f.world.clock.advance(hours(1));
  CHECK(f.app_of(f.renew(ann.refresh)).refresh == second.refresh);  // however late, while nobody has used it

  const auto third = f.app_of(f.renew(second.refresh));
  f.world.clock.advance(seconds(30));
  CHECK(f.app_of(f.renew(ann.refresh)).refresh == second.refresh);
  SECTION("after that it is theft, and ends all") {
    f.world.clock.advance(seconds(1));
    CHECK(f.renew(ann.refresh).status == 401);
    CHECK(f.renew(second.refresh).status == 401);
    CHECK(f.renew(third.refresh).status == 401);
  }
  SECTION("the one before the last is still the last one's") {
    f.world.clock.advance(hours(1));
    CHECK(f.app_of(f.renew(second.refresh)).refresh == third.refresh);
    CHECK(f.renew(third.refresh).status == 201);
  }
  SECTION("a clock that was set back makes nobody a thief") {
    f.world.clock.jump(-hours(2));
    CHECK(f.renew(third.refresh).status == 201);
  }
}

TEST_CASE("Tokens end, an access token within the hour and a refresh token within the week") {
  FirstReleaseWorld f(storage::Dialect::sqlite);
  const auto ann = f.sign_up();
  f.world.clock.advance(hours(1) - seconds(1));
  CHECK(f.sign_in(ann).status == 201);
  f.world.clock.advance(seconds(1));
  const auto late = f.sign_in(ann);
  CHECK(late.status == 401);
  CHECK(late.at("/message").as_string() == "Invalid or expired access token: TokenExpiredError: jwt expired");
  f.world.clock.advance(hours(7 * 24 - 1));
  CHECK(f.renew(ann.refresh).status == 401);
  CHECK(f.first_release_walkers() == 1);
}
