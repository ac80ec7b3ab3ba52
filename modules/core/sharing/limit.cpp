#include "sharing.hpp"

namespace dontgoback::core::sharing {
namespace {

using namespace std::chrono_literals;

// A few links a minute of each of many behind one address, and what a crawler wants that behaves.
constexpr limits::Rate kOfAddress{"stranger-address", 240, 1min};
constexpr limits::Rate kOfSite{"stranger-site", 960, 1min};
constexpr limits::Rate kInTotal{"stranger-total", 12'000, 1min};

}  // namespace

std::unique_ptr<const http::ActionLimit> make_limit(Host& host) {
  using http::Whose;
  return std::unique_ptr<const http::ActionLimit>(
      new http::ActionLimit(host.limiter, host.metrics, "stranger",
                            {"이 네트워크에서 요청이 너무 많습니다.", "There are too many requests from this network."},
                            {{Whose::address, kOfAddress}, {Whose::site, kOfSite}, {Whose::total, kInTotal}}));
}

}  // namespace dontgoback::core::sharing
