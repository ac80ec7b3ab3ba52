#include <array>

#include "search.hpp"
#include "store.hpp"

namespace dontgoback::core::search {
namespace {

class SearchOfAccounts final : public accounts::Subscriber {
  // Before the feed removes them, so that there is something to see.
  bool removed_some(storage::Connection& connection, UserId user) const override {
    note(connection, user);
    return true;
  }
  void removed(storage::Connection& connection, UserId user) const override { note(connection, user); }

  static void note(storage::Connection& connection, UserId user) {
    if (!feed::authors_among(connection, std::array{user}).empty()) add_removal(connection);
  }
};

}  // namespace

const accounts::Subscriber& subscriber() {
  static const SearchOfAccounts kSubscriber;
  return kSubscriber;
}

}  // namespace dontgoback::core::search
