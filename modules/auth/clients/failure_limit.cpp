#include "clients/failure_limit.hpp"

#include <arpa/inet.h>

#include <algorithm>

namespace dontgoback::auth {
namespace {

constexpr int kMostDoublings = 6;  // 2^6 s is past kLongestWait

/// IPv4 as it is; of IPv6 the network: a household has 2^64 addresses of its own.
std::string network_of(std::string_view address) {
  std::string text(address);
  in6_addr parsed{};
  if (::inet_pton(AF_INET6, text.c_str(), &parsed) != 1) return text;
  return std::string(reinterpret_cast<const char*>(parsed.s6_addr), 8);
}

std::string place_of(std::string_view client, const std::string& network) {
  return std::string(client) + '\n' + network;
}

template <class Map, class MomentOf>
void make_space(Map& map, std::size_t most, std::chrono::steady_clock::time_point old, const MomentOf& moment_of) {
  if (map.size() < most) return;
  std::erase_if(map, [&](const auto& entry) { return moment_of(entry.second) < old; });
  if (map.size() < most) return;
  map.erase(std::min_element(map.begin(), map.end(),
                             [&](const auto& a, const auto& b) { return moment_of(a.second) < moment_of(b.second); }));
}

}  // namespace

std::optional<std::chrono::seconds> FailureLimit::wait_for(std::string_view client, std::string_view address) {
  const auto network = network_of(address);
  const auto place = place_of(client, network);
  const auto now = clock_.steady();
  const std::lock_guard lock(mutex_);
  auto free = free_at(at_address_, place, kFreeForClientAtAddress);
  const auto here = at_address_.find(place);
  const bool failed_here = here != at_address_.end() && here->second.last >= now - kForgottenAfter;
  if (failed_here && !known_places_.contains(place)) {
    free = std::max(
        {free, free_at(addresses_, network, kFreeForAddress), free_at(clients_, std::string(client), kFreeForClient)});
  }
  if (!free || *free <= now) return std::nullopt;
  return std::chrono::ceil<std::chrono::seconds>(*free - now);
}

void FailureLimit::failed(std::string_view client, std::string_view address) {
  const auto network = network_of(address);
  const std::lock_guard lock(mutex_);
  add(at_address_, place_of(client, network));
  add(addresses_, network);
  add(clients_, std::string(client));
}

void FailureLimit::succeeded(std::string_view client, std::string_view address) {
  const auto place = place_of(client, network_of(address));
  const auto now = clock_.steady();
  const std::lock_guard lock(mutex_);
  at_address_.erase(place);
  const auto known = known_places_.find(place);
  if (known != known_places_.end()) {
    known->second = now;
    return;
  }
  make_space(known_places_, kMost, now - std::chrono::hours(24), [](Moment moment) { return moment; });
  known_places_.emplace(place, now);
}

std::optional<FailureLimit::Moment> FailureLimit::free_at(const Counts& counts, const std::string& key,
                                                          int free) const {
  const auto found = counts.find(key);
  if (found == counts.end() || found->second.count < free) return std::nullopt;
  const auto doublings = std::min(found->second.count - free, kMostDoublings);
  return found->second.last + std::min<std::chrono::seconds>(kLongestWait, std::chrono::seconds(1) * (1 << doublings));
}

void FailureLimit::add(Counts& counts, const std::string& key) {
  const auto now = clock_.steady();
  const auto forgotten = now - kForgottenAfter;
  const auto found = counts.find(key);
  if (found != counts.end()) {
    auto& failures = found->second;
    failures.count = failures.last < forgotten ? 1 : std::min(failures.count + 1, 1'000'000);
    failures.last = now;
    return;
  }
  make_space(counts, kMost, forgotten, [](const Failures& failures) { return failures.last; });
  counts.emplace(key, Failures{1, now});
}

}  // namespace dontgoback::auth
