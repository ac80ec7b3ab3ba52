#include "sqlite_database.hpp"

#include <algorithm>
#include <thread>

#include "dontgoback/result.hpp"

namespace dontgoback::storage {
namespace {

// Memory is what a small machine lacks, and the operating system caches the file's pages once more.
constexpr int kReaderCacheKib = 1024;
constexpr int kWriterCacheKib = 2048;
constexpr unsigned kMaxDefaultReaders = 4;

std::size_t reader_count(int wanted) {
  if (wanted > 0) return static_cast<std::size_t>(wanted);
  return std::clamp(std::thread::hardware_concurrency(), 1U, kMaxDefaultReaders);
}

}  // namespace

SqliteDatabase::SqliteDatabase(const SqliteAddress& address, const DatabaseSettings& settings)
    : options_{.file = address.file, .statement_limit = settings.statement_limit, .busy_limit = settings.busy_limit},
      may_create_(settings.may_create),
      readers_(reader_count(settings.readers), [this] { return open(Use::read); }),
      writer_([this] { return open(Use::write); }, settings.max_waiting_writes) {}

std::unique_ptr<SqliteConnection> SqliteDatabase::open(Use use) {
  auto options = options_;
  options.query_only = use == Use::read;
  options.cache_kib = use == Use::read ? kReaderCacheKib : kWriterCacheKib;
  // A file that was there and is not any more is a fault, not a fresh start.
  options.may_create = may_create_ && !opened_;
  auto connection = std::make_unique<SqliteConnection>(options);
  opened_ = true;
  return connection;
}

void SqliteDatabase::read_with(const std::function<void(Connection&)>& work) {
  ClosureScope::refuse_nested(this);
  const auto connection = readers_.borrow();
  const ClosureScope scope(this);
  work(*connection);
}

void SqliteDatabase::write_with(const std::function<void(Connection&)>& work) {
  ClosureScope::refuse_nested(this);
  writer_.write([this, &work](Connection& connection) {
    const ClosureScope scope(this);
    work(connection);
  });
}

void SqliteDatabase::alone(const std::function<void(SociConnection&)>& work) {
  write_with([this, &work](Connection& connection) {
    auto& unlimited = static_cast<SociConnection&>(connection);
    unlimited.limit_statements({});
    try {
      work(unlimited);
    } catch (...) {
      unlimited.limit_statements(options_.statement_limit);
      throw;
    }
    unlimited.limit_statements(options_.statement_limit);
  });
}

bool SqliteDatabase::reachable() noexcept {
  try {
    ClosureScope::refuse_nested(this);
    const auto connection = readers_.borrow();
    // Reads the file, which SELECT 1 would not.
    connection->one<std::int64_t>("SELECT count(*) FROM sqlite_schema");
    return static_cast<SqliteConnection&>(*connection).file_is_there();
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace dontgoback::storage
