#include "newcomers.hpp"

#include <algorithm>
#include <string>

#include "dontgoback/http/too_many.hpp"
#include "rules_store.hpp"

namespace dontgoback::core::moderation {
namespace {

constexpr Message kTooMany{"가입 첫날에는 조금 천천히 쓸 수 있습니다. 잠시 뒤에 다시 시도해 주세요.",
                           "New accounts write a little slower. Please try again later."};

}  // namespace

std::optional<http::Response> Newcomers::refuse(const http::Request& request) const {
  if (writes_per_hour == 0) return std::nullopt;
  const auto& who = request.identity;
  const bool is_newcomer = database.read([&](storage::Connection& connection) {
    const auto dates = accounts::find_dates(connection, who.user);
    return dates && is_new(newcomer_hours(connection), dates->created_at, clock.now());
  });
  if (!is_newcomer) return std::nullopt;
  const bool guest = who.role == http::Role::guest;
  const limits::Rate rate{guest ? "newcomer-guest" : "newcomer",
                          guest ? std::max(writes_per_hour / 2, 1) : writes_per_hour, std::chrono::hours(1)};
  const auto verdict = limiter.take(rate, std::to_string(who.user.value));
  if (!verdict.is_refused()) return std::nullopt;
  return http::too_many(request, kTooMany, rate, verdict);
}

}  // namespace dontgoback::core::moderation
