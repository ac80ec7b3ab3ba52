#include "mysql_database.hpp"

#include <thread>

#include "failures.hpp"

namespace dontgoback::storage {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kDefaultConnections = 16;
constexpr int kMigrationWaitSeconds = 60;

std::size_t connection_count(int wanted) { return wanted > 0 ? static_cast<std::size_t>(wanted) : kDefaultConnections; }

}  // namespace

MysqlDatabase::MysqlDatabase(const MysqlAddress& address, const DatabaseSettings& settings)
    : address_(address),
      password_(settings.password),
      statement_limit_(settings.statement_limit),
      busy_limit_(settings.busy_limit),
      readers_(connection_count(settings.readers),
               [this] { return std::make_unique<MysqlConnection>(options(MysqlOptions::Use::read)); }),
      writers_(connection_count(settings.readers),
               [this] { return std::make_unique<MysqlConnection>(options(MysqlOptions::Use::write)); }) {}

MysqlOptions MysqlDatabase::options(MysqlOptions::Use use) const {
  return {.address = address_,
          .password = password_,
          .use = use,
          .statement_limit = statement_limit_,
          .busy_limit = busy_limit_};
}

void MysqlDatabase::read_with(const std::function<void(Connection&)>& work) {
  ClosureScope::refuse_nested(this);
  const auto connection = readers_.borrow();
  const ClosureScope scope(this);
  work(*connection);
}

void MysqlDatabase::run_transaction(MysqlConnection& connection, const std::function<void(Connection&)>& work) {
  try {
    connection.begin();
    work(connection);
    if (connection.transaction_lost()) throw Retry("the work went on after its transaction was rolled back");
  } catch (...) {
    connection.rollback();
    throw;
  }
  try {
    connection.commit();
  } catch (const ConnectionLost&) {
    connection.rollback();
    throw Unavailable("MariaDB: the connection was lost under COMMIT; what became of the write is not known");
  } catch (...) {
    connection.rollback();
    throw;
  }
  ++commits_;
}

void MysqlDatabase::write_with(const std::function<void(Connection&)>& work) {
  ClosureScope::refuse_nested(this);
  const auto give_up = steady_clock::now() + busy_limit_;
  bool has_reconnected = false;
  for (int attempt = 1;; ++attempt) {
    try {
      const auto lease = writers_.borrow();
      const ClosureScope scope(this);
      auto& connection = static_cast<MysqlConnection&>(*lease);
      try {
        return run_transaction(connection, work);
      } catch (const ConnectionLost&) {
        if (has_reconnected) throw;
        has_reconnected = true;
      }
      // This one: the pool may hold others that the same restart of the server has cut.
      connection.reconnect();
      return run_transaction(connection, work);
    } catch (const Retry&) {
      if (attempt == kMaxTries || steady_clock::now() >= give_up) throw;
    }
    // Not at once, and not all together, or they would meet again.
    const auto scatter = std::hash<std::thread::id>{}(std::this_thread::get_id()) % 5;
    std::this_thread::sleep_for(milliseconds(5) * attempt + milliseconds(scatter));
  }
}

void MysqlDatabase::alone(const std::function<void(SociConnection&)>& work) {
  ClosureScope::refuse_nested(this);
  MysqlConnection connection(options(MysqlOptions::Use::alone));
  // Names are the server's, not the database's. The lock ends with the connection.
  const auto locked = connection.one<std::int64_t>("SELECT GET_LOCK(CONCAT('dontgoback.', MD5(DATABASE())), :seconds)",
                                                   kMigrationWaitSeconds);
  if (!locked || std::get<0>(*locked) != 1) throw Unavailable("another node is migrating the database");
  const ClosureScope scope(this);
  work(connection);
}

bool MysqlDatabase::reachable() noexcept {
  try {
    read_with([](Connection& connection) { connection.one<std::int64_t>("SELECT 1"); });
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace dontgoback::storage
