#include "auth/registry/registry.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <utility>

#include "auth/clients/store.hpp"
#include "auth/keys/key_ring.hpp"
#include "auth/module.hpp"
#include "auth/state/version_store.hpp"
#include "storage/open.hpp"
#include "support/databases.hpp"
#include "support/set_clock.hpp"

namespace dontgoback::auth {
namespace {

/// Does something, once, just before a statement with these words runs.
struct Meanwhile final : storage::SqliteObserver {
  void runs(sqlite_api::sqlite3*, const storage::Sql& sql) override {
    if (sql.text().find(words) != std::string_view::npos) std::exchange(act, [] {})();
  }
  std::string words;
  std::function<void()> act = [] {};
};

}  // namespace

TEST_CASE("a client that is added while the registry reads is known after the next look") {
  // Whatever is read first, and whatever next.
  const auto* const words = GENERATE("FROM auth_state", "FROM auth_clients", "FROM auth_client_secrets",
                                     "FROM auth_keys", "FROM auth_denials");
  const test::SetClock clock;
  const test::FreshDatabase fresh(storage::Dialect::sqlite, AuthModule().migrations());
  const std::string file_key(32, 'k');
  KeyRing(*fresh, clock, file_key).prepare(fresh.directory() / "none.pem", security::Algorithm::es256);
  Meanwhile meanwhile;
  const auto watched = storage::open_database({.url = fresh.url(), .observer = &meanwhile});
  Registry registry(*watched, {}, file_key);
  const auto add = [&](const char* id) {
    fresh->write([id](storage::Connection& connection) {
      Client client;
      client.id = client.name = id;
      add_client(connection, client);
      note_change(connection);
    });
  };

  add("first");
  bool happened = false;
  meanwhile.words = words;
  meanwhile.act = [&] {
    happened = true;
    add("second");
  };
  registry.refresh();
  REQUIRE(happened);
  registry.refresh();
  CHECK(registry.current()->find_client("first") != nullptr);
  CHECK(registry.current()->find_client("second") != nullptr);
  CHECK_FALSE(registry.refresh());
}

}  // namespace dontgoback::auth
