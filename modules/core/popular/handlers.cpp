#include "handlers.hpp"

#include <algorithm>
#include <vector>

#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "dontgoback/json/writer.hpp"
#include "popular.hpp"
#include "store.hpp"

namespace dontgoback::core::popular {
namespace {

/// Of those looked at for one page: what a reader does not want, or may not see, is looked at, too.
constexpr int kMostWalked = 1000;

struct Found {
  std::vector<feed::PostId> posts;   ///< the hottest first
  std::optional<feed::PostId> next;  ///< behind which it goes on; nothing: that was all
};

Found find(storage::Connection& connection, Place place, time::Timestamp since, std::size_t size,
           const feed::Reader& reader) {
  Found found;
  // Some more than are shown, for those that are not.
  const int at_once = std::min(static_cast<int>(size) + 8, static_cast<int>(feed::kFoundAtOnce));
  for (int walked = 0; walked < kMostWalked;) {
    std::vector<feed::PostId> batch;
    const auto step = each_behind(connection, place, since, at_once, [&](Place each) { batch.push_back(each.post); });
    std::vector<feed::PostId> wanted;
    feed::each_text(connection, batch, reader, [&](const feed::PostText& post) {
      if (!reader.skips_post(post.id, post.author) && !reader.skips(post.owner, post.content)) {
        wanted.push_back(post.id);
      }
    });
    for (const auto id : batch) {
      if (std::ranges::find(wanted, id) == wanted.end()) continue;
      found.posts.push_back(id);
      if (found.posts.size() == size) {
        found.next = id;
        return found;
      }
    }
    if (step.rows < at_once) return found;
    walked += step.rows;
    place = step.last;
  }
  found.next = place.post;
  return found;
}

}  // namespace

http::Response list_popular(storage::Database& database, const time::Clock& clock, const feed::Readers& readers,
                            const http::Request& request) {
  const auto before = http::page_before(request, "lastFeedId");
  const auto size = static_cast<std::size_t>(http::page_size(request));
  const auto since = clock.now() - kDay;
  return database.read([&](storage::Connection& connection) {
    auto place = top();
    // What was there and is not any more ended the list for who read as far.
    const bool first = before == place.post.value;
    const auto last = first ? std::optional(place) : place_of(connection, {before});
    const auto found =
        last ? find(connection, *last, since, size, readers.find(connection, request.identity.user)) : Found{};
    return http::envelope(request, 200, {"오늘의 글입니다.", "What is talked of today."}, [&](json::Writer& writer) {
      writer.begin_object();
      writer.key("feeds");
      feed::write_posts(writer, connection, found.posts, request);
      writer.field("nextFeedId", found.next);
      writer.end_object();
    });
  });
}

}  // namespace dontgoback::core::popular
