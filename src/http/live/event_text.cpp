#include "dontgoback/http/event_text.hpp"

#include <limits>

#include "dontgoback/http/parameters.hpp"
#include "dontgoback/text/number.hpp"

namespace dontgoback::http {

std::string retry_line(std::chrono::milliseconds wait) { return "retry: " + std::to_string(wait.count()) + "\n\n"; }

std::optional<std::int64_t> last_event_id(const Request& request) {
  const auto given = query_integer(request, "lastEventId", 0, std::numeric_limits<std::int64_t>::max());
  const auto field = text::number<std::int64_t>(request.header("Last-Event-ID"));
  return field && *field >= 0 ? field : given;
}

}  // namespace dontgoback::http
