#include "guest_limit.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace dontgoback::core::sign_in {
namespace {

constexpr std::chrono::milliseconds kHour = std::chrono::hours(1);

}  // namespace

std::string address_group(std::string_view address) {
  std::string text(address);
  std::array<char, 16> bytes{};
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return std::string(bytes.data(), 8);
  return text;
}

GuestLimit::GuestLimit(int per_hour) : share_(kHour / per_hour) {}

std::optional<std::chrono::seconds> GuestLimit::take(std::string_view address, Moment now) {
  auto group = address_group(address);
  const std::lock_guard lock(mutex_);
  make_space(now);
  auto& full_again = full_again_[std::move(group)];
  const auto after = std::max(full_again, now) + share_;
  if (after - now > kHour) return std::chrono::ceil<std::chrono::seconds>(after - now - kHour);
  full_again = after;
  return std::nullopt;
}

void GuestLimit::make_space(Moment now) {
  if (now >= next_sweep_) {
    std::erase_if(full_again_, [now](const auto& entry) { return entry.second <= now; });
    next_sweep_ = now + std::chrono::minutes(10);
  }
  if (full_again_.size() >= kMaxAddresses) full_again_.erase(full_again_.begin());
}

}  // namespace dontgoback::core::sign_in
