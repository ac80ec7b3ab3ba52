#include "mysql_database.hpp"

#include <thread>

#include "failures.hpp"
#include "table_statistics.hpp"

namespace dontgoback::storage {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kDefaultConnections = 16;
constexpr int kMigrationWaitSeconds = 60;
constexpr std::chrono::seconds kFreeWithin{1};

std::size_t connection_count(int wanted) { return wanted > 0 ? static_cast<std::size_t>(wanted) : kDefaultConnections; }

}  // namespace

MysqlDatabase::MysqlDatabase(const MysqlAddress& address, const DatabaseSettings& settings)
    : address_(address),
      password_(settings.password),
      statement_limit_(settings.statement_limit),
      busy_limit_(settings.busy_limit),
      readers_({connection_count(settings.readers), kFreeWithin, Unavailable::Effect::not_read},
               [this] { return std::make_unique<MysqlConnection>(options(MysqlOptions::Use::read)); }),
      writers_({connection_count(settings.readers), kFreeWithin, Unavailable::Effect::not_saved},
               [this] { return std::make_unique<MysqlConnection>(options(MysqlOptions::Use::write)); }) {}

MysqlOptions MysqlDatabase::options(MysqlOptions::Use use) {
  return {.address = address_,
          .password = password_,
          .use = use,
          .statement_limit = statement_limit_,
          .busy_limit = busy_limit_,
          .stopped = &stopped_statements()};
}

/// Of a caller, while the server is silent: whether it is the one that finds out.
class MysqlDatabase::Turn {
 public:
  Turn(MysqlDatabase& database, Condition::Use use) : database_(database), use_(use) {
    if (!database_.silent_) return;
    if (database_.somebody_tries_.exchange(true)) refuse();
    tries_ = true;
  }
  ~Turn() {
    if (tries_) database_.somebody_tries_ = false;
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  /// Again, after waiting for a connection.
  void check() const {
    if (database_.silent_ && !tries_) refuse();
  }

 private:
  [[noreturn]] void refuse() const {
    throw DatabaseTrouble(Trouble::silent,
                          use_ == Condition::Use::read ? Unavailable::Effect::not_read : Unavailable::Effect::not_saved,
                          "MariaDB does not answer");
  }

  MysqlDatabase& database_;
  const Condition::Use use_;
  bool tries_ = false;
};

void MysqlDatabase::observed(Condition::Use use, const std::function<void(Turn&)>& work) {
  ClosureScope::refuse_nested(this);
  try {
    Turn turn(*this, use);
    work(turn);
  } catch (const DatabaseTrouble& trouble) {
    // What found no connection free says nothing of the server.
    if (trouble.trouble() != Trouble::crowded) silent_ = trouble.trouble() == Trouble::silent;
    condition_.failed(use, trouble);
    throw;
  }
  silent_ = false;
  if (use == Condition::Use::read) condition_.worked(use);
}

void MysqlDatabase::read_with(const std::function<void(Connection&)>& work) {
  observed(Condition::Use::read, [&](Turn& turn) {
    const auto connection = readers_.borrow();
    turn.check();
    const ClosureScope scope(this);
    work(*connection);
  });
}

Statistics MysqlDatabase::statistics() const {
  return {
      .batches = commits_, .committed_writes = commits_, .lent_readers = readers_.lent(), .readers = readers_.most()};
}

std::uint64_t MysqlDatabase::size_in_bytes() {
  return read([](Connection& connection) { return size_of_tables(connection); });
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
  const auto began = std::chrono::steady_clock::now();
  try {
    connection.commit();
  } catch (const DatabaseTrouble& trouble) {
    connection.rollback();
    if (trouble.trouble() != Trouble::away && trouble.trouble() != Trouble::silent) throw;
    throw DatabaseTrouble(trouble.trouble(), Unavailable::Effect::perhaps_saved,
                          trouble.words() + " under COMMIT; what became of the write is not known");
  } catch (...) {
    connection.rollback();
    throw;
  }
  ++commits_;
  committed_in(std::chrono::steady_clock::now() - began);
  const auto failed_by = condition_.trouble(Condition::Use::write);
  const bool says_nothing =
      !connection.take_written() && (failed_by == Trouble::full || failed_by == Trouble::read_only);
  if (failed_by && !says_nothing) condition_.worked(Condition::Use::write);
}

void MysqlDatabase::write_with(const std::function<void(Connection&)>& work) {
  observed(Condition::Use::write, [&](Turn& turn) { write_in_turn(turn, work); });
}

void MysqlDatabase::write_in_turn(Turn& turn, const std::function<void(Connection&)>& work) {
  const auto give_up = steady_clock::now() + busy_limit_;
  bool has_reconnected = false;
  for (int attempt = 1;; ++attempt) {
    try {
      const auto lease = writers_.borrow();
      turn.check();
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
  if (!locked || std::get<0>(*locked) != 1) {
    throw DatabaseTrouble(Trouble::locked, Unavailable::Effect::not_saved, "another node is migrating the database");
  }
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

std::string MysqlDatabase::trouble() noexcept try {
  read_with([](Connection& connection) { connection.one<std::int64_t>("SELECT count(*) FROM schema_migrations"); });
  if (auto damage = condition_.damage(); !damage.empty()) return damage;
  const std::unique_lock lock(probing_);
  auto words = condition_.words(Condition::Use::write);
  const auto now = steady_clock::now();
  if (words.empty() || (probed_at_ && now - *probed_at_ < kProbeEvery)) return words;
  probed_at_ = now;
  write_with(&probe_writing);
  return condition_.words(Condition::Use::write);
} catch (const DatabaseTrouble& trouble) {
  return trouble.words();
} catch (const std::exception& broken) {
  return broken.what();
}

}  // namespace dontgoback::storage
