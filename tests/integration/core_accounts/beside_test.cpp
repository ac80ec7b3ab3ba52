#include "support/core/beside.hpp"

#include "core/parts.hpp"

// What happens to an account beside something else that looked at it, on MariaDB, where writes run beside each other.
using namespace dontgoback;
using namespace dontgoback::core;
using namespace dontgoback::test;
using namespace std::chrono_literals;
using accounts::AccountStatus;

namespace {

struct Beside : World {
  Beside() : World(storage::Dialect::mysql) {}

  std::function<void(storage::Connection&)> set_status(UserId user, AccountStatus status) {
    return [=, this](storage::Connection& c) { parts.life_cycle.set_status(c, user, status, "test", clock.now()); };
  }
  std::int64_t open_sessions() { return number("SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL"); }

  const Parts parts;
};

std::string form_of(const std::string& link) { return link.substr(link.find('?') + 1); }

constexpr auto kMe = "/api/v1/users/me";

}  // namespace

TEST_CASE_METHOD(Beside, "A sign-in waits for the suspension beside it, and is refused") {
  const auto user = node.create_user();
  const auto link = node.sign_in_link(user);
  auto member = node.browser();
  const auto answer = beside(*this, set_status(user, AccountStatus::suspended),
                             [&] { return member.post("/api/sign-in-link", form_of(link)); });
  CHECK(answer.field("location") == "/login?status=SUSPENDED");
  CHECK(open_sessions() == 0);
  CHECK(member.get(kMe).status == 401);
}

TEST_CASE_METHOD(Beside, "A link that is used beside its other use is refused") {
  const auto user = node.create_user();
  const auto link = node.sign_in_link(user);
  auto member = node.browser();
  const auto use = [&](storage::Connection& c) {
    accounts::lock_account(c, user);
    c.execute("UPDATE sign_in_links SET used_at = 1");
  };
  const auto answer = beside(*this, use, [&] { return member.post("/api/sign-in-link", form_of(link)); });
  CHECK(answer.field("location") == "/login?status=link-invalid");
  CHECK(open_sessions() == 0);
}

TEST_CASE_METHOD(Beside, "Of two changes of a status the later one stays, whatever was before the earlier") {
  const auto user = node.create_user();
  beside(*this, set_status(user, AccountStatus::suspended), [&] {
    return database.write([&](storage::Connection& c) {
      set_status(user, AccountStatus::active)(c);
      return true;
    });
  });
  CHECK(number("SELECT status FROM accounts") == static_cast<int>(AccountStatus::active));
  CHECK(number("SELECT COUNT(*) FROM account_history") == 3);  // created, suspended, active
}

TEST_CASE_METHOD(Beside, "Of two changes of a role the later one stays, whatever was before the earlier") {
  const auto user = node.create_user();
  const auto make = [&](http::Role role) {
    return [=, this](storage::Connection& c) { parts.life_cycle.set_role(c, user, role, clock.now()); };
  };
  beside(*this, make(http::Role::moderator), [&] {
    return database.write([&](storage::Connection& c) {
      make(http::Role::user)(c);
      return true;
    });
  });
  CHECK(number("SELECT role FROM accounts") == static_cast<int>(http::Role::user));
  CHECK(number("SELECT COUNT(*) FROM account_history") == 3);
}

TEST_CASE_METHOD(Beside, "A guest who is seen beside the purge stays") {
  auto guest = node.guest();
  const UserId id{guest.get(kMe).number("/data/userId")};
  clock.advance(24h);
  const auto seen = [&](storage::Connection& c) { accounts::touch_account(c, id, clock.now()); };
  const jobs::Run run{.stop = {}, .keep_alive = [] { return true; }};
  const auto removed = beside(*this, seen, [&] {
    return sign_in::purge_guests({database, node.trust, run}, clock, parts.life_cycle, feed::authors_among);
  });
  CHECK(removed == 0);
  CHECK(number("SELECT COUNT(*) FROM accounts") == 1);
}
