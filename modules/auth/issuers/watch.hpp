#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "dontgoback/storage/database.hpp"

namespace dontgoback::auth {

/// Notices when tokens of one database name two issuers: a verifier takes one of them only, so that half of the tokens
/// fail, at whatever node the proxy chose. Nodes meet in `auth_issuers`. Whether another name belongs to a node that
/// runs or to one that was renamed is told by its beat, which moves while that node sees this one: no clock is
/// compared, and a node alone writes one row in its life. A name that does not move for kGoneAfter looks is removed.
class IssuerWatch {
 public:
  static constexpr std::chrono::seconds kEvery{5};
  static constexpr int kGoneAfter = 60;

  /// `issuer`: this node's, in its one form.
  IssuerWatch(storage::Database& database, std::string issuer);

  /// Once every kEvery, on one thread at a time. Logs, once a change: that another node runs under another name, that
  /// it does no more, and at the first look that the name was another before. Answers what is so, for people.
  std::string look();

  /// How many other issuers nodes run under that were seen. Any thread.
  int others() const { return others_.load(std::memory_order_relaxed); }

 private:
  struct Seen {
    std::int64_t beat;
    int unmoved = 0;  ///< looks since it moved
    bool runs = false;
  };
  void compare(const std::map<std::string, std::int64_t>& found);
  void meet(const std::string& issuer, Seen& seen);

  storage::Database& database_;
  const std::string issuer_;
  std::map<std::string, Seen> seen_;  // the other ones
  bool looked_ = false;
  std::atomic<int> others_ = 0;
};

}  // namespace dontgoback::auth
