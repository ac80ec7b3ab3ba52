#pragma once

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>

#include "dontgoback/storage/database.hpp"
#include "soci_connection.hpp"
#include "statistics.hpp"
#include "stopped_statements.hpp"
#include "table_statistics.hpp"

namespace dontgoback::storage {

/// What the host itself asks of a database beyond the public interface.
class HostDatabase : public Database {
 public:
  /// Runs `work` while no other node does the same, with statements of any length. SQLite: in one transaction. MariaDB:
  /// on a connection of its own, without one. Throws Unavailable when another is still at it after a minute.
  virtual void alone(const std::function<void(SociConnection&)>& work) = 0;
  virtual Statistics statistics() const = 0;
  /// What keeps it from its work now, in words for an operator; empty: nothing. May read, and after a failed write
  /// writes, within a few seconds.
  virtual std::string trouble() noexcept = 0;
  void renew_table_statistics() override {
    alone([](SociConnection& connection) { storage::renew_table_statistics(connection); });
  }
  StoppedStatements& stopped_statements() { return stopped_; }
  void time_commits(telemetry::Histogram& took) { commit_took_ = &took; }
  virtual std::uint64_t size_in_bytes() = 0;

 protected:
  void committed_in(std::chrono::nanoseconds time) {
    if (auto* took = commit_took_.load()) took->observe(time);
  }

 private:
  StoppedStatements stopped_;
  std::atomic<telemetry::Histogram*> commit_took_{nullptr};
};

/// While the last write failed, at most this often is writing tried without anybody's need.
inline constexpr std::chrono::seconds kProbeEvery{10};

/// A write that changes nothing in the end, and yet has to reach the disk.
inline void probe_writing(Connection& connection) {
  connection.execute("UPDATE schema_migrations SET applied_at = applied_at + 1 WHERE number = 1");
  connection.execute("UPDATE schema_migrations SET applied_at = applied_at - 1 WHERE number = 1");
}

/// Marks the thread as running a closure of `database`. Closures do not nest: within a write another one would wait for
/// itself, within a read it would need a second connection while holding the first.
class ClosureScope {
 public:
  /// Throws std::logic_error when the thread is in one already. For the thread that calls.
  static void refuse_nested(const Database* database) {
    if (current_ == database) throw std::logic_error("a database closure used the database instead of its connection");
  }

  explicit ClosureScope(const Database* database) : outer_(current_) { current_ = database; }
  ~ClosureScope() { current_ = outer_; }
  ClosureScope(const ClosureScope&) = delete;
  ClosureScope& operator=(const ClosureScope&) = delete;

 private:
  static inline thread_local const Database* current_ = nullptr;
  const Database* outer_;
};

}  // namespace dontgoback::storage
