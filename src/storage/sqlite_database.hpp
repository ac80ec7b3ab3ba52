#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <shared_mutex>

#include "condition.hpp"
#include "connection_pool.hpp"
#include "database_url.hpp"
#include "host_database.hpp"
#include "sqlite_writer.hpp"

namespace dontgoback::storage {

/// One SQLite file: a pool of connections that can only read, and the writer.
class SqliteDatabase final : public HostDatabase {
 public:
  SqliteDatabase(const SqliteAddress& address, const DatabaseSettings& settings);

  Dialect dialect() const override { return Dialect::sqlite; }
  bool reachable() noexcept override;
  std::string trouble() noexcept override;
  void alone(const std::function<void(SociConnection&)>& work) override;
  Statistics statistics() const override;
  std::uint64_t size_in_bytes() override;

 protected:
  void read_with(const std::function<void(Connection&)>& work) override;
  void write_with(const std::function<void(Connection&)>& work) override;

 private:
  enum class Use { read, write, checkpoint };
  struct FileId {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    friend bool operator==(const FileId&, const FileId&) = default;
  };

  std::unique_ptr<SqliteConnection> open(Use use);
  std::unique_ptr<SqliteConnection> open_writer(const SqliteOptions& options);
  /// Throws DatabaseTrouble when another file is in the place of the one that was opened first.
  void check_identity(Unavailable::Effect effect);
  void look_into_file();
  std::string writing_trouble();

  const SqliteOptions options_;
  const bool may_create_;
  Condition condition_;
  std::atomic<bool> opened_{false};
  std::mutex identity_mutex_;
  std::optional<FileId> identity_;
  /// Held shared by whoever reads. Frozen readers and a writer cannot be there together.
  std::shared_mutex gate_;
  std::atomic<bool> frozen_{false};
  std::mutex probing_;  // of writing; by one at a time
  std::optional<std::chrono::steady_clock::time_point> probed_at_;
  bool lacked_space_ = false;
  ConnectionPool readers_;
  SqliteWriter writer_;
};

}  // namespace dontgoback::storage
