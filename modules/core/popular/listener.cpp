#include "popular.hpp"
#include "store.hpp"

namespace dontgoback::core::popular {
namespace {

void update(storage::Connection& connection, feed::PostId post, time::Timestamp now) {
  const auto talk = feed::talk_of(connection, post);
  if (!talk || talk->written_at + kDay <= now) return;  // what is there goes by itself
  set_heat(connection, post, talk->likes + 2 * talk->comments, talk->written_at);
}

class Counting final : public feed::Listener {
  void commented(storage::Connection& connection, const Commented& event) const override {
    update(connection, event.post, event.now);
  }
  void liked(storage::Connection& connection, const Liked& like) const override {
    if (!like.comment) update(connection, like.post, like.now);
  }
  void unliked(storage::Connection& connection, const Liked& like) const override {
    if (!like.comment) update(connection, like.post, like.now);
  }
  void removed(storage::Connection& connection, const Removed& event) const override {
    if (event.comment) update(connection, event.post, event.now);
  }
};

}  // namespace

const feed::Listener& listener() {
  static const Counting kListener;
  return kListener;
}

}  // namespace dontgoback::core::popular
