#include <catch2/catch.hpp>

#include "auth/audit/store.hpp"
#include "auth/audit/trail.hpp"
#include "auth/clients/administration.hpp"
#include "auth/clients/last_uses.hpp"
#include "auth/clients/store.hpp"
#include "auth/keys/timeline.hpp"
#include "auth/module.hpp"
#include "auth/state/denial_store.hpp"
#include "auth/state/version_store.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/jose/jwks.hpp"
#include "support/databases.hpp"
#include "support/set_clock.hpp"

namespace dontgoback::auth {
namespace {

using namespace std::chrono_literals;

struct World {
  explicit World(storage::Database& given) : database(given) {}

  storage::Database& database;
  test::SetClock clock;
  ClientAdministration administration{database, clock, {"cli:tester", {}}};

  std::vector<Client> clients() const {
    return database.read([](storage::Connection& connection) { return all_clients(connection); });
  }
  std::vector<AuditEntry> entries(std::int64_t before = 0, std::int64_t limit = 100,
                                  std::string_view client = {}) const {
    return database.read(
        [&](storage::Connection& connection) { return list_entries(connection, before, limit, client); });
  }
  std::vector<auth::Denial> denials() const {
    return database.read([](storage::Connection& connection) { return all_denials(connection); });
  }
  std::int64_t version() const {
    return database.read([](storage::Connection& connection) { return version_of(connection); });
  }
};

void in_world(const std::function<void(World&)>& body) {
  test::for_each_database(AuthModule().migrations(), [&](storage::Database& database) {
    World world(database);
    body(world);
  });
}

Client client_named(std::string id) {
  Client client;
  client.id = std::move(id);
  client.name = "한글 이름";
  client.scopes = {"asset:update"};
  client.audiences = {"https://api.example"};
  return client;
}

TEST_CASE("a client is kept whole, its secret only as a digest") {
  in_world([](World& world) {
    const auto secret = world.administration.add(client_named("a:b")).value();
    CHECK(secret.size() == 43);
    const auto clients = world.clients();
    REQUIRE(clients.size() == 1);
    CHECK(clients[0].id == "a:b");
    CHECK(clients[0].name == "한글 이름");
    CHECK(clients[0].scopes == std::vector<std::string>{"asset:update"});
    CHECK(clients[0].audiences == std::vector<std::string>{"https://api.example"});
    CHECK(clients[0].created_at == world.clock.now());
    CHECK_FALSE(clients[0].dpop);
    CHECK_FALSE(clients[0].disabled_at);
    REQUIRE(clients[0].secrets.size() == 1);
    CHECK(clients[0].secrets[0].digest == security::sha256(secret));
    CHECK_FALSE(clients[0].secrets[0].last_used_at);
    const auto again = world.administration.add(client_named("a:b"));
    REQUIRE_FALSE(again);
    CHECK(again.failure().kind == FailureKind::conflict);
  });
}

TEST_CASE("ids differ by case and by what looks alike") {
  in_world([](World& world) {
    for (const auto* id : {"core", "Core", "core."}) CHECK(world.administration.add(client_named(id)));
    CHECK(world.clients().size() == 3);
  });
}

TEST_CASE("a client of keys has no secret, and gets none") {
  in_world([](World& world) {
    auto client = client_named("signer");
    client.jwks = security::jwks({security::SigningKey::generate(security::Algorithm::es256)});
    client.dpop = true;
    CHECK(world.administration.add(client).value().empty());
    CHECK(world.clients()[0].keys.size() == 1);
    CHECK(world.clients()[0].dpop);
    CHECK(world.clients()[0].secrets.empty());
    CHECK(world.administration.rotate_secret("signer").failure().kind == FailureKind::conflict);
  });
}

TEST_CASE("operators cannot make the deny-list longer than verifiers read") {
  in_world([](World& world) {
    REQUIRE(world.administration.add(client_named("core")));
    const auto ends = std::chrono::floor<std::chrono::seconds>(world.clock.now()) + 60s;
    const auto fill = [&](auth::Denial::Kind kind, std::int64_t most) {
      return world.database.write([&](storage::Connection& connection) {
        std::int64_t added = 0;
        while (added <= most && add_denial(connection, {kind, "x" + std::to_string(added), ends, ends})) ++added;
        return added;
      });
    };
    CHECK(fill(auth::Denial::Kind::client, kMaxClientDenials) == kMaxClientDenials);
    for (const auto& refused : {world.administration.disable("core"), world.administration.remove("core"),
                                world.administration.revoke_tokens("core")}) {
      REQUIRE_FALSE(refused);
      CHECK(refused.failure().kind == FailureKind::unavailable);
    }
    REQUIRE(world.clients().size() == 1);
    CHECK_FALSE(world.clients()[0].disabled_at);
    CHECK(world.administration.revoke_tokens("x7"));  // there already: the list grows no longer by it
    CHECK(fill(auth::Denial::Kind::key, kMaxOperatorDenials) == kMaxOperatorDenials - kMaxClientDenials);
    world.database.write([](storage::Connection& connection) {
      for (const auto& denial : all_denials(connection)) remove_denial(connection, denial);
    });
    CHECK(world.administration.disable("core"));
  });
}

TEST_CASE("taking back a client's tokens never shortens what a removal took back") {
  in_world([](World& world) {
    const auto denied_until = [&] {
      const auth::DenySet denied(
          world.database.read([](storage::Connection& connection) { return all_denials(connection); }));
      return denied.client_denied_until("core");
    };
    const auto now = std::chrono::floor<std::chrono::seconds>(world.clock.now());
    REQUIRE(world.administration.revoke_tokens("core"));
    CHECK(denied_until() == now);
    REQUIRE(world.administration.add(client_named("core")));
    REQUIRE(world.administration.remove("core"));
    const auto of_removal = denied_until();
    CHECK(of_removal > now);
    REQUIRE(world.administration.revoke_tokens("core"));
    CHECK(denied_until() == of_removal);
  });
}

TEST_CASE("two secrets live while one is being replaced, never three") {
  in_world([](World& world) {
    const auto first = world.administration.add(client_named("core")).value();
    world.clock.advance(1h);
    const auto lost = world.administration.rotate_secret("core").value();
    REQUIRE(world.clients()[0].secrets.size() == 2);
    CHECK(world.clients()[0].secrets[0].digest == security::sha256(lost));
    CHECK(world.clients()[0].secrets[1].digest == security::sha256(first));
    // Nobody is known to use the newer one, which does not say that nobody does.
    CHECK(world.administration.rotate_secret("core").failure().kind == FailureKind::conflict);
    REQUIRE(world.clients()[0].secrets.size() == 2);
    CHECK(world.clients()[0].secrets[0].digest == security::sha256(lost));
    using Newer = ClientAdministration::Newer;
    const auto third = world.administration.rotate_secret("core", Newer::replace_unused).value();
    REQUIRE(world.clients()[0].secrets.size() == 2);
    CHECK(world.clients()[0].secrets[0].digest == security::sha256(third));
    CHECK(world.clients()[0].secrets[1].digest == security::sha256(first));
    LastUses uses(world.clock);
    uses.note(world.clients()[0].secrets[0].id);
    CHECK(uses.flush_first(world.database) == 1);  // it is not waited for a minute
    CHECK(world.administration.rotate_secret("core", Newer::replace_unused).failure().kind == FailureKind::conflict);
    CHECK(world.administration.finish_rotation("core").value() == 1);
    CHECK(world.administration.finish_rotation("core").value() == 0);
    REQUIRE(world.clients()[0].secrets.size() == 1);
    CHECK(world.clients()[0].secrets[0].digest == security::sha256(third));
    CHECK(world.administration.rotate_secret("nobody").failure().kind == FailureKind::not_found);
    CHECK(world.administration.finish_rotation("nobody").failure().kind == FailureKind::not_found);
  });
}

TEST_CASE("disabling and removing a client denies the tokens it has") {
  in_world([](World& world) {
    const auto secret = world.administration.add(client_named("core")).value();
    const auto now = std::chrono::ceil<std::chrono::seconds>(world.clock.now());
    CHECK(world.administration.disable("core"));
    CHECK(world.clients()[0].disabled_at == world.clock.now());
    REQUIRE(world.denials().size() == 1);
    CHECK(world.denials()[0].kind == auth::Denial::Kind::client);
    CHECK(world.denials()[0].value == "core");
    CHECK(world.denials()[0].issued_until >= now + kLargestLeeway);  // of a node whose clock is ahead, too
    CHECK(world.denials()[0].ends >= now + kTokenLifetime);
    world.clock.advance(1min);
    CHECK(world.administration.disable("core").value() == ClientAdministration::Outcome::was_so);
    CHECK(world.denials()[0].issued_until >= now + 1min + kLargestLeeway);  // renewed
    CHECK(world.entries()[0].result == "was so already");
    CHECK(world.administration.enable("core").value() == ClientAdministration::Outcome::done);
    const auto denied = world.denials();
    CHECK(world.administration.enable("core").value() == ClientAdministration::Outcome::was_so);
    CHECK(world.denials() == denied);
    CHECK_FALSE(world.clients()[0].disabled_at);
    REQUIRE(world.denials().size() == 1);                  // what it had stays denied,
    CHECK(world.denials()[0].issued_until == now + 1min);  // what it gets now is good
    world.clock.advance(1min);
    CHECK(world.administration.remove("core"));
    CHECK(world.clients().empty());
    REQUIRE(world.denials().size() == 1);
    CHECK(world.denials()[0].issued_until >= now + 2min);
    CHECK_FALSE(world.administration.remove("core"));
    CHECK_FALSE(world.administration.disable("core"));
    CHECK_FALSE(world.administration.enable("core"));
    CHECK(world.administration.add(client_named("core")));
    CHECK(world.denials()[0].issued_until == now + 2min);
    CHECK(world.clients()[0].secrets.size() == 1);  // none of before
    CHECK(world.clients()[0].secrets[0].digest != security::sha256(secret));
  });
}

TEST_CASE("every change is seen by its version, and is in the audit trail without a secret") {
  in_world([](World& world) {
    auto version = world.version();
    const auto changed = [&] { return std::exchange(version, world.version()) < version; };
    const auto first = world.administration.add(client_named("core")).value();
    CHECK(changed());
    const auto second = world.administration.rotate_secret("core").value();
    CHECK(changed());
    REQUIRE(world.administration.finish_rotation("core"));
    CHECK(changed());
    REQUIRE(world.administration.disable("core"));
    CHECK(changed());
    REQUIRE(world.administration.enable("core"));
    REQUIRE(world.administration.remove("core"));
    CHECK(changed());
    std::vector<std::string> actions;
    for (const auto& entry : world.entries()) {
      actions.push_back(entry.action);
      CHECK(entry.actor.name == "cli:tester");
      CHECK(entry.subject == "core");
      CHECK(entry.result == "done");
      for (const auto& secret : {first, second}) {
        CHECK((entry.action + entry.subject + entry.result + entry.actor.address).find(secret) == std::string::npos);
      }
    }
    CHECK(actions == std::vector<std::string>{"client remove", "client enable", "client disable",
                                              "client finish-rotation", "client rotate-secret", "client add"});
  });
}

TEST_CASE("uses of secrets are written together, and only forward in time") {
  in_world([](World& world) {
    REQUIRE(world.administration.add(client_named("core")));
    const auto id = world.clients()[0].secrets[0].id;
    LastUses uses(world.clock);
    CHECK(uses.flush(world.database) == 0);
    uses.note(id);
    world.clock.advance(5s);
    uses.note(id);
    uses.note(id + 1000);  // a secret that has gone
    const auto version = world.version();
    CHECK(uses.flush(world.database) == 2);
    CHECK(uses.flush(world.database) == 0);
    CHECK(world.clients()[0].secrets[0].last_used_at == world.clock.now());
    CHECK(world.version() == version);  // nobody needs to read all anew for it
    world.clock.advance(-1h);
    uses.note(id);
    uses.flush(world.database);
    CHECK(world.clients()[0].secrets[0].last_used_at == world.clock.now() + 1h);
  });
}

TEST_CASE("uses that could not be written are written the next time, a secret's first one soon") {
  in_world([](World& world) {
    REQUIRE(world.administration.add(client_named("core")));
    REQUIRE(world.administration.rotate_secret("core"));
    const auto newer = world.clients()[0].secrets[0].id;
    const auto older = world.clients()[0].secrets[1].id;
    LastUses uses(world.clock);
    uses.note(older);
    uses.note(newer);
    const auto first = world.clock.now();
    const auto rename = [&](std::string_view from, std::string_view to) {
      world.database.write([&](storage::Connection& connection) {
        connection.execute(std::string("ALTER TABLE ").append(from).append(" RENAME TO ").append(to));
      });
    };
    rename("auth_client_secrets", "auth_client_secrets_away");
    CHECK_THROWS(uses.flush(world.database));
    world.clock.advance(1s);
    uses.note(newer);  // meanwhile
    rename("auth_client_secrets_away", "auth_client_secrets");
    CHECK(uses.flush_first(world.database) == 2);
    CHECK(world.clients()[0].secrets[0].last_used_at == first + 1s);
    CHECK(world.clients()[0].secrets[1].last_used_at == first);
    CHECK(uses.flush_first(world.database) == 0);
  });
}

TEST_CASE("alike refusals share a row, and different ones are bounded") {
  in_world([](World& world) {
    AuditTrail trail(world.clock);
    const auto first = world.clock.now();
    for (int i = 0; i < 5; ++i) {
      trail.gather("token", "core", "10.0.0.1", "invalid_client");
      world.clock.advance(1s);
    }
    trail.gather("token", "", "10.0.0.1", "invalid_client");
    CHECK(trail.flush(world.database) == 2);
    CHECK(trail.flush(world.database) == 0);
    const auto core = world.entries(0, 10, "core");
    REQUIRE(core.size() == 1);
    CHECK(core[0].times == 5);
    CHECK(core[0].at == first);
    CHECK(core[0].actor.name == "core");
    CHECK(core[0].actor.address == "10.0.0.1");
    CHECK(core[0].result == "invalid_client");
    for (int i = 0; i < 1000; ++i) trail.gather("token", "", "10.0.1." + std::to_string(i), "invalid_client");
    CHECK(trail.flush(world.database) == AuditTrail::kMost + 1);
    std::int64_t times = 0;
    for (const auto& entry : world.entries(0, 1000)) times += entry.times;
    CHECK(times == 1006);
  });
}

TEST_CASE("the trail is read newest first, in pages, and pruned by age") {
  in_world([](World& world) {
    AuditEntry entry;
    entry.actor = {std::string(300, 'a'), std::string(300, 'b')};  // longer than their columns
    entry.action = "client add";
    entry.result = "done";
    for (int i = 0; i < 10; ++i) {
      entry.at = world.clock.now();
      world.database.write([&](storage::Connection& connection) { add_entry(connection, entry); });
      world.clock.advance(1h);
    }
    const auto page = world.entries(0, 4);
    REQUIRE(page.size() == 4);
    CHECK(page[0].id > page[3].id);
    CHECK(world.entries(page[3].id, 100).size() == 6);
    const auto prune = [&](time::Timestamp oldest) {
      return world.database.write([&](storage::Connection& connection) {
        return prune_entries(connection, {{time::Timestamp::min(), oldest}});
      });
    };
    CHECK(prune(world.clock.now() - 11h) == 0);
    CHECK(prune(world.clock.now() - 4h) == 6);
    CHECK(world.entries().size() == 4);
    CHECK(prune(world.clock.now()) == 4);
    CHECK(prune(world.clock.now()) == 0);
  });
}

TEST_CASE("strangers cannot push an administrative act out of the trail") {
  in_world([](World& world) {
    if (world.database.dialect() == storage::Dialect::mysql) return;  // a hundred thousand rows: on one database
    REQUIRE(world.administration.add(client_named("core")));
    constexpr int kSlice = 5'000;
    for (std::int64_t i = 0; i < kMaxAuditRows + kSlice; i += kSlice) {
      world.database.write([&](storage::Connection& connection) {
        AuditEntry entry;
        entry.at = world.clock.now();
        entry.result = "invalid_client";
        for (int j = 0; j < kSlice; ++j) add_entry(connection, entry);
      });
    }
    const auto removed = world.database.write([&](storage::Connection& connection) {
      return prune_entries(connection, {{time::Timestamp::min(), world.clock.now() - 1h}});
    });
    CHECK(removed == kSlice);
    CHECK(world.entries(0, 10, "core").size() == 1);
  });
}

TEST_CASE("a client is changed in place, and keeps its tokens and secrets") {
  in_world([](World& world) {
    const auto secret = world.administration.add(client_named("core")).value();
    auto client = world.clients()[0];
    client.name = "new";
    client.scopes = {"job:run"};
    client.audiences.clear();
    client.dpop = true;
    REQUIRE(world.administration.change(client).value() == ClientAdministration::Outcome::done);
    CHECK(world.administration.change(client).value() == ClientAdministration::Outcome::was_so);
    const auto changed = world.clients()[0];
    CHECK(changed.name == "new");
    CHECK(changed.scopes == std::vector<std::string>{"job:run"});
    CHECK(changed.audiences.empty());
    CHECK(changed.dpop);
    CHECK(changed.secrets[0].digest == security::sha256(secret));
    CHECK(world.denials().empty());
    client.jwks = security::jwks({security::SigningKey::generate(security::Algorithm::es256)});
    CHECK(world.administration.change(client).failure().kind == FailureKind::conflict);
    client.id = "nobody";
    CHECK(world.administration.change(client).failure().kind == FailureKind::not_found);
  });
}

TEST_CASE("clients can fill their part of the deny-list and no more") {
  in_world([](World& world) {
    const auto end = std::chrono::ceil<std::chrono::seconds>(world.clock.now()) + 5min;
    using Kind = auth::Denial::Kind;
    const auto add = [&](std::string_view client, std::int64_t first, std::int64_t count) {
      return world.database.write([&](storage::Connection& connection) {
        bool good = true;
        for (auto i = first; i < first + count; ++i) {
          good = add_token_denial(connection, client, {Kind::token, "jti-" + std::to_string(i), {}, end}) && good;
        }
        return good;
      });
    };
    REQUIRE(add("greedy", 0, kMaxDenialsOfClient));
    CHECK_FALSE(add("greedy", kMaxDenialsOfClient, 1));
    CHECK(add("other", kMaxDenialsOfClient, 1));
    const auto ended = world.database.write([&](storage::Connection& connection) {
      CHECK(add_denial(connection, {Kind::client, "greedy", end, end}));
      CHECK(add_denial(connection, {Kind::client, "greedy", end, end}));  // in the place of the one before
      CHECK(add_denial(connection, {Kind::key, "kid", end, end}));
      CHECK_FALSE(has_ended_denials(connection, time::Timestamp(end) - 1ms));
      CHECK(has_ended_denials(connection, time::Timestamp(end)));
      return all_denials(connection).size();
    });
    CHECK(ended == kMaxDenialsOfClient + 3);
  });
}

}  // namespace
}  // namespace dontgoback::auth
