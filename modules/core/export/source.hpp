#pragma once

#include <functional>
#include <stdexcept>
#include <utility>

#include "dontgoback/http/identity.hpp"
#include "dontgoback/storage/database.hpp"
#include "sessions/sessions.hpp"

namespace dontgoback::core::exports {

/// Where an export reads: page by page, each a short read of its own, for a reader may take minutes, and what is read
/// for so long keeps the database from cleaning up. Each asks besides whether the session goes on that the export was
/// asked with: who ends it ends this, too. Throws std::runtime_error then, and what the database throws.
class Source {
 public:
  Source(storage::Database& database, http::Identity who) : database_(database), who_(std::move(who)) {}

  /// What `read(connection, user)` returns.
  template <class F>
  auto read(const F& read) const {
    return database_.read([&](storage::Connection& connection) {
      const auto live = sessions::find_live_session(connection, who_.session);
      if (!live || live->holder.user != who_.user) throw std::runtime_error("the session of the export has ended");
      return read(connection, who_.user);
    });
  }

  /// Calls `row` for each row of all pages of `page(connection, user, after, limit)`; `key` is the member that pages go
  /// on by.
  template <class Key, class Page, class KeyOf, class Row>
  void each(Key after, const Page& page, const KeyOf& key, const Row& row) const {
    for (;;) {
      const auto rows =
          read([&](storage::Connection& connection, UserId user) { return page(connection, user, after, kPage); });
      for (const auto& each : rows) row(each);
      if (rows.size() < kPage) return;
      after = std::invoke(key, rows.back());
    }
  }

 private:
  static constexpr int kPage = 200;

  storage::Database& database_;
  const http::Identity who_;
};

}  // namespace dontgoback::core::exports
