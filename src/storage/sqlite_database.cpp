#include "sqlite_database.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <thread>

#include "disk_space.hpp"
#include "failures.hpp"

namespace dontgoback::storage {
namespace {

// Memory is what a small machine lacks, and the operating system caches the file's pages once more.
constexpr int kReaderCacheKib = 1024;
constexpr int kWriterCacheKib = 2048;
constexpr int kCheckpointerCacheKib = 16;  // it reads no page by its cache
constexpr unsigned kMaxDefaultReaders = 4;

std::size_t reader_count(int wanted) {
  if (wanted > 0) return static_cast<std::size_t>(wanted);
  return std::clamp(std::thread::hardware_concurrency(), 1U, kMaxDefaultReaders);
}

}  // namespace

SqliteDatabase::SqliteDatabase(const SqliteAddress& address, const DatabaseSettings& settings)
    : options_{.file = address.file,
               .statement_limit = settings.statement_limit,
               .busy_limit = settings.busy_limit,
               .observer = settings.observer,
               .stopped = &stopped_statements()},
      may_create_(settings.may_create),
      readers_({.connections = reader_count(settings.readers),
                .longest_wait = std::chrono::seconds(2),
                .effect = Unavailable::Effect::not_read},
               [this] { return open(Use::read); }),
      writer_([this] { return open(Use::write); }, [this] { return open(Use::checkpoint); },
              [this](std::chrono::nanoseconds took) {
                committed_in(took);
                condition_.worked(Condition::Use::write);
              },
              settings.max_waiting_writes) {}

std::unique_ptr<SqliteConnection> SqliteDatabase::open(Use use) {
  auto options = options_;
  options.query_only = use == Use::read;
  options.cache_kib = use == Use::read ? kReaderCacheKib : use == Use::write ? kWriterCacheKib : kCheckpointerCacheKib;
  // A file that was there and is not any more is a fault, not a fresh start.
  options.may_create = may_create_ && !opened_;
  const auto effect = use == Use::read ? Unavailable::Effect::not_read : Unavailable::Effect::not_saved;
  check_identity(effect);
  // The writer that is there has passed the gate for its checkpoints, too.
  auto connection = use == Use::write ? open_writer(options) : std::make_unique<SqliteConnection>(options);
  opened_ = true;
  check_identity(effect);
  if (connection->frozen()) frozen_ = true;
  return connection;
}

std::unique_ptr<SqliteConnection> SqliteDatabase::open_writer(const SqliteOptions& options) {
  if (!frozen_) return std::make_unique<SqliteConnection>(options);
  // Not at the price of the readers while it must fail.
  if (auto lack = lack_of_space(options.file); !lack.empty()) {
    throw DatabaseTrouble(Trouble::full, Unavailable::Effect::not_saved, std::move(lack));
  }
  const std::unique_lock alone(gate_);
  readers_.drop_idle();
  frozen_ = false;
  return std::make_unique<SqliteConnection>(options);
}

Statistics SqliteDatabase::statistics() const {
  auto statistics = writer_.statistics();
  statistics.lent_readers = readers_.lent();
  statistics.readers = readers_.most();
  return statistics;
}

std::uint64_t SqliteDatabase::size_in_bytes() {
  std::uint64_t bytes = 0;
  for (const auto* end : {"", "-wal"}) {
    struct stat file {};
    if (::stat((options_.file.string() + end).c_str(), &file) == 0) bytes += static_cast<std::uint64_t>(file.st_size);
  }
  return bytes;
}

void SqliteDatabase::check_identity(Unavailable::Effect effect) {
  struct stat file {};
  if (::stat(options_.file.c_str(), &file) != 0) return;  // whoever opens it says what is wrong
  const FileId now{file.st_dev, file.st_ino};
  const std::lock_guard lock(identity_mutex_);
  if (!identity_ && opened_) identity_ = now;
  if (!identity_ || *identity_ == now) return;
  // The log beside it is the old one's: taking both up together would destroy the new file.
  throw DatabaseTrouble(Trouble::gone, effect,
                        "the database file " + options_.file.string() +
                            " was replaced while the server runs: stop the server, put the file in its place with "
                            "`dontgoback db restore`, and start again");
}

void SqliteDatabase::read_with(const std::function<void(Connection&)>& work) {
  ClosureScope::refuse_nested(this);
  try {
    const std::shared_lock reading(gate_);
    const auto connection = readers_.borrow();
    const ClosureScope scope(this);
    work(*connection);
  } catch (const DatabaseTrouble& trouble) {
    condition_.failed(Condition::Use::read, trouble);
    throw;
  }
  condition_.worked(Condition::Use::read);
}

void SqliteDatabase::write_with(const std::function<void(Connection&)>& work) {
  ClosureScope::refuse_nested(this);
  try {
    writer_.write([this, &work](Connection& connection) {
      const ClosureScope scope(this);
      work(connection);
    });
  } catch (const DatabaseTrouble& trouble) {
    condition_.failed(Condition::Use::write, trouble);
    throw;
  }
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

void SqliteDatabase::look_into_file() {
  read_with([this](Connection& connection) {
    const auto refuse = [this](Trouble trouble, const char* how) {
      throw DatabaseTrouble(trouble, Unavailable::Effect::not_read,
                            "the database file " + options_.file.string() + how);
    };
    auto& here = static_cast<SqliteConnection&>(connection);
    if (!here.file_is_there()) refuse(Trouble::gone, " was deleted or replaced");
    if (!here.header_is_whole()) refuse(Trouble::damaged, " is damaged: it does not begin as a database does");
    // Reads the file, which SELECT 1 would not.
    connection.one<std::int64_t>("SELECT count(*) FROM sqlite_schema");
  });
}

bool SqliteDatabase::reachable() noexcept {
  try {
    look_into_file();
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

std::string SqliteDatabase::trouble() noexcept try {
  look_into_file();
  if (auto damage = condition_.damage(); !damage.empty()) return damage;
  return writing_trouble();
} catch (const DatabaseTrouble& trouble) {
  return trouble.words();
} catch (const std::exception& broken) {
  return broken.what();
}

/// Writes only where the last write failed and nothing cheaper tells, and seldom: a card pays for each.
std::string SqliteDatabase::writing_trouble() {
  const std::unique_lock lock(probing_);
  auto lack = lack_of_rights(options_.file);
  if (lack.empty()) lack = lack_of_space(options_.file);
  if (!lack.empty()) {
    lacked_space_ = true;
    return lack;
  }
  const bool space_was_made = std::exchange(lacked_space_, false);
  auto words = condition_.words(Condition::Use::write);
  if (words.empty() && !frozen_) return {};
  const auto now = std::chrono::steady_clock::now();
  if (!space_was_made && probed_at_ && now - *probed_at_ < kProbeEvery) return words;
  probed_at_ = now;
  try {
    write_with(&probe_writing);
  } catch (const DatabaseTrouble& trouble) {
    return trouble.words();
  }
  return condition_.words(Condition::Use::write);
}

}  // namespace dontgoback::storage
