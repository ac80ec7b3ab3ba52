#include "reading_database.hpp"

#include <stdexcept>

namespace dontgoback::storage {
namespace {

[[noreturn]] void refuse() { throw std::logic_error("a database that was opened to read from was to be written"); }

}  // namespace

bool ReadingDatabase::reachable() noexcept {
  try {
    read_with([](Connection& connection) { connection.one<std::int64_t>("SELECT 1"); });
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

std::string ReadingDatabase::trouble() noexcept try {
  read_with([](Connection& connection) { connection.one<std::int64_t>("SELECT 1"); });
  return {};
} catch (const std::exception& cause) {
  return cause.what();
}

void ReadingDatabase::alone(const std::function<void(SociConnection&)>&) { refuse(); }

void ReadingDatabase::write_with(const std::function<void(Connection&)>&) { refuse(); }

void ReadingDatabase::read_with(const std::function<void(Connection&)>& work) {
  ClosureScope::refuse_nested(this);
  const std::lock_guard lock(mutex_);
  const ClosureScope scope(this);
  run(work);
}

void SqliteReadingDatabase::run(const std::function<void(Connection&)>& work) {
  if (reading_ && !reading_->still_good()) reading_.reset();
  if (!reading_) reading_.emplace(file_, statement_limit_, busy_limit_);
  try {
    work(reading_->connection());
  } catch (const std::exception&) {
    reading_->confirm();  // what failed may have read half of a change
    throw;
  }
  reading_->confirm();
}

void MysqlReadingDatabase::run(const std::function<void(Connection&)>& work) {
  if (connection_ == nullptr || !connection_->usable()) connection_ = std::make_unique<MysqlConnection>(options_);
  work(*connection_);
}

}  // namespace dontgoback::storage
