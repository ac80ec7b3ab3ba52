#include "clients/failure_limit.hpp"

#include <algorithm>
#include <string>

#include "dontgoback/limits/address_group.hpp"

namespace dontgoback::auth {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::int64_t kMostDoublings = 6;  // 2^6 s is past kLongestWait

constexpr auto kForgotten = FailureLimit::kForgottenAfter;
constexpr limits::Tally kOfAddress{"auth-failures-of-address", kForgotten};
/// Where clients have authenticated.
constexpr limits::Tally kKnownPlaces{"auth-known-places", std::chrono::days(365)};
constexpr limits::Rate kWhereKnown{"auth-judged-where-known", FailureLimit::kJudgedWhereKnown,
                                   FailureLimit::kJudgedAgainAfter};

limits::Tally at_address(const Claimant& claimant) {
  return {claimant.registered ? "auth-failures-of-client-at-address" : "auth-failures-of-nobody-at-address",
          kForgotten};
}

limits::Tally of_client(const Claimant& claimant) {
  return {claimant.registered ? "auth-failures-of-client" : "auth-failures-of-nobody", kForgotten};
}

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

std::optional<seconds> FailureLimit::wait_for(const Claimant& claimant, std::string_view address) {
  const auto network = limits::address_group(address);
  const auto place = place_of(claimant.id, network);
  const auto here = count(at_address(claimant), place);
  auto wait = wait_after(here, kFreeForClientAtAddress);
  if (here.events > 0 && !is_known(claimant, place)) {
    wait = std::max({wait, wait_after(count(kOfAddress, network), kFreeForAddress),
                     wait_after(count(of_client(claimant), claimant.id), kFreeForClient)});
  }
  if (wait <= milliseconds(0)) return std::nullopt;
  return std::chrono::ceil<seconds>(wait);
}

bool FailureLimit::is_judged(const Claimant& claimant, std::string_view address) {
  const auto place = place_of(claimant.id, limits::address_group(address));
  return is_known(claimant, place) && !limiter_.take(kWhereKnown, place).is_refused();
}

void FailureLimit::failed(const Claimant& claimant, std::string_view address) {
  const auto network = limits::address_group(address);
  limiter_.add(at_address(claimant), place_of(claimant.id, network));
  limiter_.add(kOfAddress, network);
  limiter_.add(of_client(claimant), claimant.id);
}

void FailureLimit::succeeded(std::string_view client, std::string_view address) {
  const auto place = place_of(client, limits::address_group(address));
  limiter_.clear(at_address({client, true}), place);
  limiter_.add(kKnownPlaces, place);
}

bool FailureLimit::is_known(const Claimant& claimant, std::string_view place) const {
  return claimant.registered && count(kKnownPlaces, place).events > 0;
}

limits::Count FailureLimit::count(const limits::Tally& tally, std::string_view key) const {
  return limiter_.count(tally, key).value_or(limits::Count{});
}

}  // namespace dontgoback::auth
