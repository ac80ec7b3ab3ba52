#include "auth/clients/last_uses.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "auth/clients/store.hpp"
#include "auth/module.hpp"
#include "support/databases.hpp"
#include "support/set_clock.hpp"

namespace dontgoback::auth {
namespace {

using namespace std::chrono_literals;

void rename(storage::Database& database, std::string_view from, std::string_view to) {
  database.write([&](storage::Connection& connection) {
    connection.execute(std::string("ALTER TABLE ").append(from).append(" RENAME TO ").append(to));
  });
}

TEST_CASE("uses that could not be written are written the next time, a secret's first one soon") {
  test::for_each_database(AuthModule().migrations(), [](storage::Database& database) {
    const test::SetClock start;
    test::SetClock clock;
    database.write([&](storage::Connection& connection) {
      Client client;
      client.id = client.name = "core";
      add_client(connection, client);
      for (const auto* secret : {"older", "newer"}) {
        add_secret(connection, "core", security::sha256(secret), clock.now());
      }
    });
    const auto secrets = [&] { return database.read(all_clients).at(0).secrets; };  // the newer first
    LastUses uses(clock);
    for (const auto& secret : secrets()) uses.note(secret.id);
    rename(database, "auth_client_secrets", "auth_client_secrets_away");
    CHECK_THROWS(uses.flush(database));
    clock.advance(1s);
    rename(database, "auth_client_secrets_away", "auth_client_secrets");
    uses.note(secrets()[0].id);  // meanwhile
    CHECK(uses.flush_first(database) == 2);
    CHECK(secrets()[0].last_used_at == start.now() + 1s);
    CHECK(secrets()[1].last_used_at == start.now());
    CHECK(uses.flush_first(database) == 0);
  });
}

}  // namespace
}  // namespace dontgoback::auth
