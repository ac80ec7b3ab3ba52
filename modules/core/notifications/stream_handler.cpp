#include <limits>

#include "dontgoback/http/parameters.hpp"
#include "dontgoback/text/number.hpp"
#include "handlers.hpp"
#include "store.hpp"
#include "streams.hpp"

namespace dontgoback::core::notifications {
namespace {

/// What its reader has seen. Of both the field, which an EventSource sends by itself when it comes again, to a URL that
/// stays what it was. One that is none of ours is as if it were not there: an EventSource that is refused never comes
/// again.
std::optional<Number> last_event_id(const http::Request& request) {
  const auto given = http::query_integer(request, "lastEventId", 0, std::numeric_limits<Number>::max());
  const auto field = text::number<Number>(request.header("Last-Event-ID"));
  return field && *field >= 0 ? field : given;
}

}  // namespace

http::Response stream(Streams& streams, storage::Database& database, const http::Request& request) {
  const auto seen = last_event_id(request);
  Streams::Reader reader{request.identity.user, request.identity.session, request.language, 0};
  database.read([&](storage::Connection& connection) {
    const auto last = last_number(connection, reader.user);
    // Another account's, when it is past the last.
    reader.after = seen && *seen <= last ? *seen : last;
    reader.language = accounts::language_of(connection, reader.user).value_or(reader.language);
  });
  http::Response response;
  response.content_type = "text/event-stream";
  response.header("Cache-Control", "no-store").header("X-Accel-Buffering", "no");
  response.stream = [&streams, reader](std::shared_ptr<http::Stream> begun) { streams.add(std::move(begun), reader); };
  return response;
}

}  // namespace dontgoback::core::notifications
