#include "dontgoback/http/action_limit.hpp"

#include <array>
#include <span>
#include <stdexcept>

#include "dontgoback/http/too_many.hpp"
#include "dontgoback/limits/address_group.hpp"

namespace dontgoback::http {
namespace {

constexpr unsigned kSitePrefix = 48;
constexpr std::size_t kMostShares = 8;

std::string_view word_of(Whose whose) {
  switch (whose) {
    case Whose::account:
      return "account";
    case Whose::address:
      return "address";
    case Whose::site:
      return "site";
    case Whose::target:
      return "target";
    case Whose::total:
      break;
  }
  return "total";
}

}  // namespace

ActionLimit::ActionLimit(limits::Limiter& limiter, telemetry::Metrics& metrics, std::string_view name, Message too_many,
                         std::initializer_list<Share> shares)
    : limiter_(limiter), too_many_(too_many) {
  if (shares.size() > kMostShares) throw std::invalid_argument("a limit of more shares than are taken at once");
  for (const auto& share : shares) {
    std::string labels = "class=\"";
    labels.append(name).append("\",share=\"").append(word_of(share.whose)).append("\"");
    shares_.push_back({share, &metrics.counter("dontgoback_limits_refused_total",
                                               "Requests answered 429, by whose share was used up.", labels)});
  }
}

std::string ActionLimit::key_of(Whose whose, const Request& request, std::string_view target) const {
  switch (whose) {
    case Whose::account:
      if (request.identity.is_walker()) return "walker " + std::to_string(request.identity.walker.value);
      return std::to_string(request.identity.user.value);
    case Whose::address:
      return limits::address_group(request.client_address);
    case Whose::site:
      return limits::address_group(request.client_address, kSitePrefix);
    case Whose::target:
      return std::string(target);
    case Whose::total:
      break;
  }
  return "all";
}

std::variant<std::int64_t, Response> ActionLimit::take(const Request& request, std::string_view target) const {
  std::array<std::string, kMostShares> keys;
  std::array<limits::Share, kMostShares> taken;
  std::array<const Counted*, kMostShares> counted;
  std::size_t count = 0;
  for (const auto& each : shares_) {
    auto& key = keys.at(count);
    key = key_of(each.share.whose, request, target);
    if (each.share.whose == Whose::site && key == limits::address_group(request.client_address)) continue;
    taken.at(count) = {each.share.rate, key};
    counted.at(count++) = &each;
  }
  if (count == 0) return std::int64_t{0};
  const auto verdict = limiter_.take(std::span(taken).first(count));
  if (!verdict.is_refused()) return verdict.left;
  counted.at(verdict.refusing)->refused->add();
  return too_many(request, too_many_, taken.at(verdict.refusing).rate, verdict);
}

std::optional<Response> ActionLimit::refuse(const Request& request, std::string_view target) const {
  auto taken = take(request, target);
  auto* refused = std::get_if<Response>(&taken);
  return refused ? std::optional(std::move(*refused)) : std::nullopt;
}

}  // namespace dontgoback::http
