#include "http/server/event_loop.hpp"

#include <ctime>

#include "dontgoback/security/crypto/random_bytes.hpp"
#include "http/server/connection.hpp"

namespace dontgoback::http {
namespace {

// How many ids' worth of random bytes are fetched at once: a generator costs per call, and may ask the system.
constexpr std::size_t kIdsAtOnce = 128;
constexpr std::size_t kIdBytes = 8;

}  // namespace

EventLoop::EventLoop() : sweeper_(context) {}
EventLoop::~EventLoop() = default;

void EventLoop::sweep_every(std::chrono::milliseconds interval) {
  interval_ = interval;
  sweep();
}

void EventLoop::sweep() {
  const auto now = std::chrono::steady_clock::now();
  for (auto& connection : connections) connection.expire_if_past(now);
  sweeper_.expires_after(interval_);
  sweeper_.async_wait([this](boost::system::error_code error) {
    if (!error) sweep();
  });
}

std::string_view EventLoop::date() {
  constexpr std::size_t kLength = 29;
  const std::time_t now = std::time(nullptr);
  if (now != date_second_) {
    date_second_ = now;
    std::tm parts{};
    gmtime_r(&now, &parts);
    // The program never sets a locale, so these names are English.
    std::strftime(date_.data(), date_.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  }
  return {date_.data(), kLength};
}

void EventLoop::next_request_id(std::string& out) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  if (id_bytes_.empty()) id_bytes_ = security::random_bytes(kIdsAtOnce * kIdBytes);
  out.clear();
  for (std::size_t i = 0; i < kIdBytes; ++i) {
    const auto byte = static_cast<unsigned char>(id_bytes_.back());
    id_bytes_.pop_back();
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
}

}  // namespace dontgoback::http
