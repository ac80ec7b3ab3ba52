#include "open.hpp"

#include <system_error>

#include "database_url.hpp"
#include "mysql_database.hpp"
#include "reading_database.hpp"
#include "sqlite_database.hpp"

namespace dontgoback::storage {
namespace {

struct Make {
  const DatabaseSettings& settings;
  std::unique_ptr<Database> operator()(const SqliteAddress& address) const {
    return std::make_unique<SqliteDatabase>(address, settings);
  }
  std::unique_ptr<Database> operator()(const MysqlAddress& address) const {
    return std::make_unique<MysqlDatabase>(address, settings);
  }
};

struct MakeToRead {
  const DatabaseSettings& settings;
  std::unique_ptr<Database> operator()(const SqliteAddress& address) const {
    return std::make_unique<SqliteReadingDatabase>(address.file, settings);
  }
  std::unique_ptr<Database> operator()(const MysqlAddress& address) const {
    return std::make_unique<MysqlReadingDatabase>(address, settings);
  }
};

}  // namespace

std::unique_ptr<Database> open_database(const DatabaseSettings& settings) {
  return std::visit(Make{settings}, parse_database_url(settings));
}

std::unique_ptr<Database> open_to_read(const DatabaseSettings& settings) {
  return std::visit(MakeToRead{settings}, parse_database_url(settings));
}

bool has_password(const DatabaseSettings& settings) {
  return std::holds_alternative<MysqlAddress>(parse_database_url(settings));
}

std::optional<std::filesystem::path> missing_file(const DatabaseSettings& settings) {
  const auto address = parse_database_url(settings);
  const auto* sqlite = std::get_if<SqliteAddress>(&address);
  if (sqlite == nullptr) return std::nullopt;
  std::error_code unknown;  // a folder that may not be searched: opening the file says so better
  if (std::filesystem::exists(sqlite->file, unknown) || unknown) return std::nullopt;
  return sqlite->file;
}

std::string trouble(Database& database) noexcept { return dynamic_cast<HostDatabase&>(database).trouble(); }

Statistics statistics(const Database& database) { return dynamic_cast<const HostDatabase&>(database).statistics(); }

void time_commits(Database& database, telemetry::Histogram& took) {
  dynamic_cast<HostDatabase&>(database).time_commits(took);
}

std::uint64_t size_in_bytes(Database& database) { return dynamic_cast<HostDatabase&>(database).size_in_bytes(); }

void tell_stopped_statements(Database& database, std::function<void(std::string_view name)> listener) {
  dynamic_cast<HostDatabase&>(database).stopped_statements().tell(std::move(listener));
}

}  // namespace dontgoback::storage
