#include "clients/failure_limit.hpp"

#include <algorithm>
#include <string>

#include "dontgoback/limits/address_group.hpp"

namespace dontgoback::auth {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::int64_t kMostDoublings = 6;  // 2^6 s is past kLongestWait

constexpr limits::Tally kAtAddress{"auth-failures-of-client-at-address", FailureLimit::kForgottenAfter};
constexpr limits::Tally kOfAddress{"auth-failures-of-address", FailureLimit::kForgottenAfter};
constexpr limits::Tally kOfClient{"auth-failures-of-client", FailureLimit::kForgottenAfter};
/// Where clients have authenticated.
constexpr limits::Tally kKnownPlaces{"auth-known-places", std::chrono::days(365)};

std::string place_of(std::string_view client, std::string_view network) {
  return std::string(client).append("\n").append(network);
}

/// What is left of the wait after the last of so many failures, of which some are free.
milliseconds wait_after(const limits::Count& failures, std::int64_t free) {
  if (failures.events < free) return milliseconds(0);
  const auto doublings = std::min(failures.events - free, kMostDoublings);
  return std::min(FailureLimit::kLongestWait, seconds(1) * (1 << doublings)) - failures.since_last;
}

}  // namespace

std::optional<seconds> FailureLimit::wait_for(std::string_view client, std::string_view address) {
  const auto network = limits::address_group(address);
  const auto place = place_of(client, network);
  const auto here = count(kAtAddress, place);
  auto wait = wait_after(here, kFreeForClientAtAddress);
  if (here.events > 0 && count(kKnownPlaces, place).events == 0) {
    wait = std::max({wait, wait_after(count(kOfAddress, network), kFreeForAddress),
                     wait_after(count(kOfClient, client), kFreeForClient)});
  }
  if (wait <= milliseconds(0)) return std::nullopt;
  return std::chrono::ceil<seconds>(wait);
}

void FailureLimit::failed(std::string_view client, std::string_view address) {
  const auto network = limits::address_group(address);
  limiter_.add(kAtAddress, place_of(client, network));
  limiter_.add(kOfAddress, network);
  limiter_.add(kOfClient, client);
}

void FailureLimit::succeeded(std::string_view client, std::string_view address) {
  const auto place = place_of(client, limits::address_group(address));
  limiter_.clear(kAtAddress, place);
  limiter_.add(kKnownPlaces, place);
}

limits::Count FailureLimit::count(const limits::Tally& tally, std::string_view key) const {
  return limiter_.count(tally, key).value_or(limits::Count{});
}

}  // namespace dontgoback::auth
