#pragma once

#include <vector>

#include "ages.hpp"
#include "dontgoback/storage/connection.hpp"

// The SQL of unconfirmed times.
namespace dontgoback::clock {

/// In order of id.
std::vector<UnconfirmedSpan> all_spans(storage::Connection& connection);
std::int64_t add_span(storage::Connection& connection, time::Span shown);
/// False when it is not open any more.
bool extend_span(storage::Connection& connection, std::int64_t id, time::Span shown);
void close_spans(storage::Connection& connection, time::Timestamp confirmed_at);
/// Removes what was closed before `before` and showed only moments before it.
void forget_spans(storage::Connection& connection, time::Timestamp before);

}  // namespace dontgoback::clock
