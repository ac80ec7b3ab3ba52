#pragma once

#include <cstdint>
#include <functional>

#include "expiry/expiry.hpp"
#include "feed/feed.hpp"

// SQL of the posts of today.
namespace dontgoback::core::popular {

/// How much a post was liked and answered.
using Heat = std::int64_t;

/// In the caller's write transaction, which holds the post; 0: it is none of today's any more.
void set_heat(storage::Connection& connection, feed::PostId post, Heat heat, time::Timestamp written_at);

/// A post's place in the list.
struct Place {
  Heat heat;
  feed::PostId post;
};
/// Where the list begins.
Place top();
/// Nothing where it is none of today's.
std::optional<Place> place_of(storage::Connection& connection, feed::PostId post);

/// At most `size` posts behind a place, the hottest first, of those written after `since`; `row(place)`. How many rows
/// were looked at, and the last of them: fewer than `size`, and there are no more.
struct Walked {
  int rows;
  Place last;
};
Walked each_behind(storage::Connection& connection, Place place, time::Timestamp since, int size,
                   const std::function<void(Place)>& row);

/// expiry::RemoveSlice of those written within the span.
std::int64_t remove_slice(storage::Connection& connection, const time::Span& span, int limit);

}  // namespace dontgoback::core::popular
