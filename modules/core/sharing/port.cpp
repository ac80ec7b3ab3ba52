#include "feed/feed.hpp"
#include "sharing.hpp"

namespace dontgoback::core::sharing {
namespace {

class Port final : public ports::SharedPosts {
 public:
  Port(storage::Database& database, const http::ActionLimit& limit) : database_(database), limit_(limit) {}

  std::optional<ports::SharedPost> find(const http::Request& request, std::int64_t id) override {
    if (limit_.refuse(request)) return std::nullopt;
    auto post = database_.read(
        [&](storage::Connection& connection) { return feed::post_for_strangers(connection, feed::PostId{id}); });
    if (!post) return std::nullopt;
    return ports::SharedPost{std::move(post->text), std::move(post->author), post->written_at};
  }

 private:
  storage::Database& database_;
  const http::ActionLimit& limit_;
};

}  // namespace

std::shared_ptr<ports::SharedPosts> make_port(Host& host, const http::ActionLimit& limit) {
  return std::make_shared<Port>(host.database, limit);
}

}  // namespace dontgoback::core::sharing
