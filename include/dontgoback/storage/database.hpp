#pragma once

#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

#include "dontgoback/storage/connection.hpp"

namespace dontgoback::storage {

/// The database of this node. Every method may be called from any thread that may block: a worker, a job, a command;
/// never an I/O thread. Closures of one database do not nest: std::logic_error.
///
/// SQLite: readers have connections of their own; one writer thread takes all waiting writes into one transaction, a
/// savepoint each, and one sync makes them durable together. MariaDB: a write is a transaction on a pooled connection.
class Database {
 public:
  virtual ~Database() = default;
  virtual Dialect dialect() const = 0;

  /// Runs `work` with a connection that must only be read from. Each statement sees what was committed before it began;
  /// two statements may see different states. Returns what `work` returns.
  /// Throws Unavailable when no connection becomes free, the database is locked or gone, or a statement runs out of
  /// time.
  template <class F>
  auto read(F&& work) -> std::invoke_result_t<F&, Connection&> {
    return capture<F>(work, [this](const std::function<void(Connection&)>& run) { read_with(run); });
  }

  /// Runs `work` in a transaction and returns what it returns once that is on disk. What `work` throws is rethrown and
  /// nothing of it stays. `work` may run more than once (deadlock, a full batch rolled back), so it must have no effect
  /// but through its connection.
  /// Throws Unavailable (locked, full, gone, too many waiting): nothing was written, unless MariaDB went under COMMIT.
  template <class F>
  auto write(F&& work) -> std::invoke_result_t<F&, Connection&> {
    return capture<F>(work, [this](const std::function<void(Connection&)>& run) { write_and_tell(run); });
  }

  /// Whom `Connection::notify` tells, in the thread that wrote. Before the first write; outlives this.
  void tell_notices_to(std::function<void(std::string_view topic, std::string_view message)> told);

  /// After a load of many rows: renews what the planner knows of the tables, in bounded time. Not within a closure.
  /// Throws as `write` does.
  virtual void renew_table_statistics() = 0;

  /// Whether a trivial statement succeeds now (for /readyz).
  virtual bool reachable() noexcept = 0;

 protected:
  virtual void read_with(const std::function<void(Connection&)>& work) = 0;
  virtual void write_with(const std::function<void(Connection&)>& work) = 0;

 private:
  void write_and_tell(const std::function<void(Connection&)>& work);

  std::function<void(std::string_view, std::string_view)> told_;

  template <class F, class Run>
  static auto capture(F& work, const Run& run) -> std::invoke_result_t<F&, Connection&> {
    using R = std::invoke_result_t<F&, Connection&>;
    if constexpr (std::is_void_v<R>) {
      run([&work](Connection& connection) { work(connection); });
    } else {
      std::optional<R> result;
      run([&work, &result](Connection& connection) { result.emplace(work(connection)); });
      return std::move(*result);
    }
  }
};

}  // namespace dontgoback::storage
