#include "resource_server/refusal_log.hpp"

#include <algorithm>

#include "dontgoback/telemetry/log.hpp"

namespace dontgoback::auth {
namespace {

constexpr std::chrono::minutes kPause{1};

}  // namespace

void RefusalLog::note(std::string_view cause, std::string_view issuer, std::string_view expected_issuer) {
  if (!is_due(cause)) return;
  if (issuer.empty()) {
    telemetry::log_warn("service tokens are refused", {{"cause", cause}});
  } else {
    telemetry::log_warn(
        "service tokens are refused: set --issuer to the iss of the auth node's tokens, or give the auth "
        "node this --issuer",
        {{"cause", cause}, {"iss", issuer}, {"expected", expected_issuer}});
  }
}

bool RefusalLog::is_due(std::string_view cause) {
  std::string name(cause);
  std::erase_if(name, [](char c) { return c >= '0' && c <= '9'; });
  const auto now = Clock::now();
  const std::lock_guard lock(mutex_);
  const auto [last, is_new] = last_.try_emplace(std::move(name), now);
  if (!is_new && now - last->second < kPause) return false;
  last->second = now;
  return true;
}

}  // namespace dontgoback::auth
