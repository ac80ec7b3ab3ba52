#include "open.hpp"

#include "database_url.hpp"
#include "mysql_database.hpp"
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

}  // namespace

std::unique_ptr<Database> open_database(const DatabaseSettings& settings) {
  return std::visit(Make{settings}, parse_database_url(settings));
}

Statistics statistics(const Database& database) { return dynamic_cast<const HostDatabase&>(database).statistics(); }

}  // namespace dontgoback::storage
