#pragma once

#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/module.hpp"
#include "support/browser.hpp"
#include "support/databases.hpp"
#include "support/set_clock.hpp"
#include "support/test_node.hpp"
#include "support/walk/id_token_issuer.hpp"
#include "walk/module.hpp"
#include "walkers/walkers.hpp"

namespace dontgoback::test {

/// A phone that is signed in, or was.
struct Phone {
  std::string access, refresh, uuid;
};

/// A node of role all, as far as walk and core go, on a fresh database, and an issuer that phones have tokens of.
struct WalkersWorld {
  explicit WalkersWorld(storage::Dialect dialect, const GivenOptions& more = {});
  ~WalkersWorld() { node.stop(); }

  Browser browser() const { return Browser(node.address()); }
  /// `Authorization: Bearer` and what else is told.
  Answer send(const Phone& phone, std::string_view method, std::string_view target, std::string_view body = {});
  Answer get(const Phone& phone, std::string_view target) { return send(phone, "GET", target); }
  Answer me(const Phone& phone) { return get(phone, "/api/v1/walkers/me"); }

  std::string nonce();
  Answer begin(std::string_view body) { return browser().post("/api/v1/walkers/session", body); }
  /// A phone of that person at the issuer.
  Answer sign_in(const std::string& subject);
  Phone phone(const std::string& subject) { return phone_in(sign_in(subject)); }
  Answer renew(std::string_view refresh_token);
  static Phone phone_in(const Answer& answer);

  /// A member who is signed in to core, whose way in the subject is when told.
  Browser member(const std::string& subject = "");
  std::string ticket(Browser& member);
  Phone phone_by_ticket(Browser& member) { return phone_in(begin(R"({"ticket":")" + ticket(member) + "\"}")); }

  std::string command(const std::string& name, const GivenOptions& given, bool json = false);
  std::int64_t number(std::string_view sql);
  void execute(std::string_view sql);

  SetClock clock;
  IdTokenIssuer issuer{clock};
  FreshDatabase fresh;
  storage::Database& database;
  TestNode node;
  core::CoreModule core;
  walk::WalkModule walk;
  SetTrust& trust = node.trust;
};

storage::Migrations walk_and_core();

}  // namespace dontgoback::test
