#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "dontgoback/storage/database.hpp"
#include "dontgoback/storage/migration.hpp"
#include "storage/open.hpp"
#include "support/ownership.hpp"
#include "support/plan_check.hpp"
#include "support/temporary_directory.hpp"

namespace dontgoback::test {

/// An open database whose statements are held to the tables of the folders they stand in, and to have a plan where they
/// walk rows, on SQLite: what they do else fails the test at its end.
class CheckedDatabase {
 public:
  explicit CheckedDatabase(storage::DatabaseSettings settings);
  ~CheckedDatabase();

  storage::Database& operator*() const { return *database_; }

 private:
  struct Checks final : storage::SqliteObserver {
    explicit Checks(const TableOwners& of) : owners(of), ownership(of) {}
    void runs(sqlite_api::sqlite3* connection, const storage::Sql& sql) override;

    const TableOwners& owners;
    OwnershipCheck ownership;
    PlanCheck plans;
  };
  Checks checks_;
  std::unique_ptr<storage::Database> database_;
};

/// A fresh database of the dialect, migrated, gone with its object: an SQLite file in a directory of its own, or a new
/// database on the test program's MariaDB server.
class FreshDatabase {
 public:
  explicit FreshDatabase(storage::Dialect dialect, const storage::Migrations& migrations = {});

  storage::Database& operator*() const { return *database_; }
  storage::Database* operator->() const { return &*database_; }
  /// As `--database` takes it, for a second one on the same data.
  const std::string& url() const { return url_; }
  const std::filesystem::path& directory() const { return directory_.path(); }

 private:
  TemporaryDirectory directory_;
  std::string url_;
  CheckedDatabase database_;
};

/// Runs a test's body on SQLite and on MariaDB, each with a fresh database migrated with `migrations`, as sections
/// "sqlite" and "mysql". The body may have sections of its own:
///     TEST_CASE("a store keeps posts") {
///       for_each_database(core::migrations(), [](storage::Database& database) { … });
///     }
void for_each_database(const storage::Migrations& migrations, const std::function<void(storage::Database&)>& body);

}  // namespace dontgoback::test

/// The dialect of one run of a test that is run once on each database.
#define ON_EACH_DATABASE() GENERATE(::dontgoback::storage::Dialect::sqlite, ::dontgoback::storage::Dialect::mysql)
