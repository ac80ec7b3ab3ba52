#include <array>
#include <catch2/catch.hpp>

#include "core/accounts/account.hpp"

using namespace dontgoback;
using http::Role;

TEST_CASE("A role may do what is for those below it") {
  constexpr std::array kUpwards{Role::guest, Role::user, Role::moderator, Role::admin};
  for (std::size_t has = 0; has < kUpwards.size(); ++has) {
    for (std::size_t least = 0; least < kUpwards.size(); ++least) {
      CHECK(http::is_at_least(kUpwards[has], kUpwards[least]) == (has >= least));
    }
  }
}

TEST_CASE("A moderator is a USER to others, and what they are to themselves and to admins") {
  const auto viewer = [](std::int64_t id, Role role) {
    http::Identity identity;
    identity.kind = http::Identity::Kind::account;
    identity.user = UserId{id};
    identity.role = role;
    return identity;
  };
  const auto shown = [&](Role role, const http::Identity& to) {
    return core::accounts::to_string(core::accounts::shown_role(role, UserId{7}, to));
  };
  for (const auto role : {Role::guest, Role::user, Role::moderator}) {
    CHECK(shown(Role::moderator, viewer(8, role)) == "USER");
    CHECK(shown(Role::admin, viewer(8, role)) == "ADMIN");
    CHECK(shown(Role::guest, viewer(8, role)) == "GUEST");
  }
  CHECK(shown(Role::moderator, viewer(7, Role::moderator)) == "MODERATOR");
  CHECK(shown(Role::moderator, viewer(8, Role::admin)) == "MODERATOR");
  http::Identity service;
  service.kind = http::Identity::Kind::service;
  service.user = UserId{7};
  CHECK(shown(Role::moderator, service) == "USER");
}
