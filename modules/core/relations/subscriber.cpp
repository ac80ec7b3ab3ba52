#include "rules.hpp"
#include "store.hpp"

namespace dontgoback::core::relations {
namespace {

class RelationsOfAccounts final : public accounts::Subscriber {
  void merged(storage::Connection& connection, UserId from, UserId to) const override {
    hand_over(connection, from, to);
    auto words = hidden_words(connection, to);
    for (auto& word : hidden_words(connection, from)) words.push_back(std::move(word));
    if (words.size() > kMostWords) words.resize(kMostWords);
    if (const auto read = read_words(words)) hide_words(connection, to, *read);
  }
  bool removed_some(storage::Connection& connection, UserId user) const override {
    return drop_some_of(connection, user);
  }
  void removed(storage::Connection& connection, UserId user) const override {
    while (!drop_some_of(connection, user)) continue;
    drop_words(connection, user);
    drop_version(connection, user);
  }
};

}  // namespace

const accounts::Subscriber& subscriber() {
  static const RelationsOfAccounts kSubscriber;
  return kSubscriber;
}

}  // namespace dontgoback::core::relations
