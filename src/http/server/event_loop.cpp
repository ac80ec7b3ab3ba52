#include "http/server/event_loop.hpp"

#include <ctime>
#include <random>

#include "http/server/connection.hpp"

namespace dontgoback::http {
namespace {

std::uint64_t random_seed() {
  std::random_device device;
  return std::uint64_t{device()} << 32U | device();
}

}  // namespace

EventLoop::EventLoop() : sweeper_(context), id_state_(random_seed()) {}
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
  // SplitMix64 (Steele, Lea, Flood 2014): a bijection of a counter, so no two are the same within 2^64.
  std::uint64_t z = id_state_ += 0x9E3779B97F4A7C15U;
  z = (z ^ z >> 30U) * 0xBF58476D1CE4E5B9U;
  z = (z ^ z >> 27U) * 0x94D049BB133111EBU;
  z ^= z >> 31U;
  out.resize(16);
  for (auto& digit : out) {
    digit = "0123456789abcdef"[z >> 60U];
    z <<= 4U;
  }
}

}  // namespace dontgoback::http
