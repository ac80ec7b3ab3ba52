#include "token_source/token_keeper.hpp"

#include <boost/describe.hpp>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/security/jose/jws.hpp"

namespace dontgoback::auth {

namespace {

constexpr std::chrono::seconds kRenewBefore{60};
constexpr std::chrono::seconds kLeast{30};
constexpr std::chrono::seconds kPause{1};

constexpr Failure kNoToken{FailureKind::unavailable,
                           {"인증 서버의 응답을 이해할 수 없습니다.", "The auth server's answer is not a token."}};

struct Times {
  std::int64_t exp;
  std::optional<std::int64_t> iat;
};
BOOST_DESCRIBE_STRUCT(Times, (), (exp, iat))

}  // namespace

std::optional<std::chrono::seconds> lifetime_of(const std::string& token, time::Timestamp now) {
  const auto jws = security::parse_jws(token);
  if (!jws) return std::nullopt;
  const auto times = json::read<Times>(jws->payload);
  if (!times) return std::nullopt;
  const auto start =
      times->iat ? *times->iat : std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  if (start < 0 || times->exp < start || times->exp - start > std::chrono::seconds(std::chrono::years(1)).count())
    return std::nullopt;
  return std::chrono::seconds(times->exp - start);
}

Result<std::string> TokenKeeper::token() {
  std::unique_lock lock(mutex_);
  while (!good_for(kRenewBefore)) {
    if (renewing_) {
      if (good_for(kLeast)) return token_;
      renewed_.wait(lock, [this] { return !renewing_; });
      if (good_for(kLeast)) return token_;
    } else if (!failure_ || clock_.steady() - failed_at_ >= kPause) {
      renew(lock);
      if (!failure_) return token_;  // however short its life
    }
    if (failure_ && !renewing_) return good_for(kLeast) ? Result<std::string>(token_) : *failure_;
  }
  return token_;
}

void TokenKeeper::forget(const std::string& refused) {
  const std::lock_guard lock(mutex_);
  if (token_ != refused) return;
  token_.clear();
  failure_.reset();
}

bool TokenKeeper::good_for(std::chrono::seconds remaining) const {
  return !token_.empty() && ends_ - clock_.steady() >= remaining;
}

void TokenKeeper::renew(std::unique_lock<std::mutex>& lock) {
  renewing_ = true;
  failure_.reset();
  lock.unlock();
  const auto asked_at = clock_.steady();
  Result<std::string> fetched = kNoToken;
  try {
    fetched = fetch_();
  } catch (...) {
    lock.lock();
    renewing_ = false;
    renewed_.notify_all();
    throw;
  }
  std::optional<std::chrono::seconds> lifetime;
  if (fetched) lifetime = lifetime_of(*fetched, clock_.now());

  lock.lock();
  renewing_ = false;
  if (lifetime) {
    token_ = std::move(*fetched);
    ends_ = asked_at + *lifetime;
  } else {
    failure_ = fetched ? kNoToken : fetched.failure();
    failed_at_ = clock_.steady();
  }
  renewed_.notify_all();
}

}  // namespace dontgoback::auth
