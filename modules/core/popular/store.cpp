#include "store.hpp"

#include <limits>
#include <tuple>

#include "dontgoback/storage/planned.hpp"

namespace dontgoback::core::popular {
namespace {

using storage::args;
using storage::Connection;
using storage::Planned;

// First what is as hot as the last one, then what is less: MariaDB finds no range in a comparison of both.
const Planned kAsHot("popular/as-hot",
                     "SELECT heat, post_id, written_at FROM popular_posts {popular_posts_by_heat} WHERE heat = :heat "
                     "AND post_id < :last ORDER BY post_id DESC LIMIT :size");
const Planned kLessHot("popular/less-hot",
                       "SELECT heat, post_id, written_at FROM popular_posts {popular_posts_by_heat} WHERE heat < :heat "
                       "ORDER BY heat DESC, post_id DESC LIMIT :size");

const expiry::Slices kOld("popular/purge", "popular/purge-bound", "popular_posts", "written_at",
                          "popular_posts_by_time");

}  // namespace

void set_heat(Connection& connection, feed::PostId post, Heat heat, time::Timestamp written_at) {
  if (heat <= 0) {
    connection.execute("DELETE FROM popular_posts WHERE post_id = :post", post);
  } else if (place_of(connection, post)) {
    connection.execute("UPDATE popular_posts SET heat = :heat WHERE post_id = :post", heat, post);
  } else {
    connection.execute("INSERT INTO popular_posts (post_id, heat, written_at) VALUES (:post, :heat, :written_at)", post,
                       heat, written_at);
  }
}

Place top() { return {std::numeric_limits<Heat>::max(), {std::numeric_limits<std::int64_t>::max()}}; }

std::optional<Place> place_of(Connection& connection, feed::PostId post) {
  const auto row = connection.one<Heat>("SELECT heat FROM popular_posts WHERE post_id = :post", post);
  return row ? std::optional(Place{std::get<0>(*row), post}) : std::nullopt;
}

Walked each_behind(Connection& connection, Place place, time::Timestamp since, int size,
                   const std::function<void(Place)>& row) {
  Walked walked{0, place};
  const auto look = [&](Heat heat, feed::PostId post, time::Timestamp written_at) {
    ++walked.rows;
    walked.last = {heat, post};
    if (written_at > since) row(walked.last);
  };
  connection.each(kAsHot.on(connection), args(place.heat, place.post, size), look);
  if (walked.rows < size) connection.each(kLessHot.on(connection), args(place.heat, size - walked.rows), look);
  return walked;
}

std::int64_t remove_slice(Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(connection, kOld, span, limit);
}

}  // namespace dontgoback::core::popular
