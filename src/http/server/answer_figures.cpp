#include "http/server/answer_figures.hpp"

#include <cstdint>
#include <string>

#include "dontgoback/http/method.hpp"
#include "http/server/route_table.hpp"

namespace dontgoback::http {
namespace {

using std::chrono::microseconds;

/// Of what is answered out of memory, by the database, and by another node or a slow client.
constexpr std::array<microseconds, 10> kBounds{microseconds(1'000),    microseconds(2'500),   microseconds(5'000),
                                               microseconds(10'000),   microseconds(25'000),  microseconds(50'000),
                                               microseconds(100'000),  microseconds(250'000), microseconds(1'000'000),
                                               microseconds(5'000'000)};

constexpr std::array<int, RouteFigures::kStatuses - 1> kKnown{
    200, 201, 202, 204, 206, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 406, 408, 409, 410,
    411, 412, 413, 414, 415, 416, 417, 421, 422, 425, 426, 428, 429, 431, 500, 501, 502, 503, 504};

/// The last slot is for every other status.
constexpr auto kSlots = [] {
  std::array<std::uint8_t, 600> slots{};
  slots.fill(kKnown.size());
  for (std::size_t i = 0; i < kKnown.size(); ++i) slots[static_cast<std::size_t>(kKnown[i])] = std::uint8_t(i);
  return slots;
}();

std::size_t slot_of(int status) {
  return status >= 0 && status < int(kSlots.size()) ? kSlots[static_cast<std::size_t>(status)] : kKnown.size();
}

std::string labels_of(const RouteEntry* route) {
  if (route == nullptr) return "route=\"none\",method=\"any\"";
  return "route=\"" + std::string(route->route.path) + "\",method=\"" + std::string(name_of(route->route.method)) + '"';
}

}  // namespace

void AnswerFigures::count(const RouteEntry* route, int status, std::optional<std::chrono::nanoseconds> took) {
  counter(route, status).add();
  if (route != nullptr && took) histogram(*route).observe(*took);
}

telemetry::Counter& AnswerFigures::counter(const RouteEntry* route, int status) {
  const auto slot = slot_of(status);
  auto& known = (route == nullptr ? none_ : route->figures).by_status[slot];
  auto* found = known.load(std::memory_order_acquire);
  if (found == nullptr) {
    const auto code = slot < kKnown.size() ? std::to_string(status) : std::string("other");
    // Two that come here at once are given the same one.
    found = &metrics_.counter("dontgoback_http_requests_total", "Requests answered, by route and status.",
                              labels_of(route) + ",code=\"" + code + '"');
    known.store(found, std::memory_order_release);
  }
  return *found;
}

telemetry::Histogram& AnswerFigures::histogram(const RouteEntry& route) {
  auto* found = route.figures.took.load(std::memory_order_acquire);
  if (found == nullptr) {
    found = &metrics_.histogram("dontgoback_http_request_duration_seconds",
                                "From a request's head to the last byte of its answer, by route; streams left out.",
                                kBounds, labels_of(&route));
    route.figures.took.store(found, std::memory_order_release);
  }
  return *found;
}

}  // namespace dontgoback::http
