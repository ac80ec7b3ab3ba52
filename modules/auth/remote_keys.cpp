#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "dontgoback/http/peer.hpp"
#include "dontgoback/security/jose/jwks.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "first_release.hpp"
#include "remote.hpp"

namespace dontgoback::auth {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Steady = std::chrono::steady_clock;

constexpr seconds kFetchLimit{3};
constexpr seconds kPauseWithoutKeys{1};
constexpr seconds kCooldown{10};
constexpr seconds kMaxAge{300};
constexpr seconds kLookEvery{10};
/// How long a caller waits for a fetch once one has failed: long enough for an auth server that is back, short enough
/// not to hold up every request while it is away.
constexpr milliseconds kPatienceAfterFailure{300};

using Set = security::VerificationKeys::Set;

class RemoteKeys final : public security::VerificationKeys {
 public:
  RemoteKeys(http::Client& client, std::string auth_url, const time::Clock& clock)
      : client_(client),
        url_(std::move(auth_url)),
        clock_(clock),
        peer_(client, "the auth server's keys", "--auth-url") {}

  telemetry::Finding finding() const { return peer_.finding(); }

  std::shared_ptr<const Set> current() override {
    std::unique_lock lock(mutex_);
    if (keys_ && !passed(fetched_at_, kMaxAge)) return keys_;
    // Also with a set: after idling, the call that finds it old must not trust a key that was retired meanwhile. While
    // the auth server is away, the old set serves.
    return look_again(lock);
  }

  std::shared_ptr<const Set> refreshed() override {
    std::unique_lock lock(mutex_);
    return look_again(lock);
  }

 private:
  /// The keys after the fetch that is under way or begins now, or those known before when it takes too long or must
  /// wait.
  std::shared_ptr<const Set> look_again(std::unique_lock<std::mutex>& lock) {
    if (may_try(keys_ ? kCooldown : kPauseWithoutKeys)) start_fetch();
    await_fetch(lock);
    return keys_;
  }

  bool passed(Steady::time_point since, seconds pause) const { return clock_.steady() - since >= pause; }

  bool may_try(seconds pause) const { return !fetching_ && (!tried_ || passed(tried_at_, pause)); }

  void start_fetch() {
    // The fetch before has ended; this one cannot end before the lock is given back.
    fetcher_ = std::jthread([this] {
      auto fetched = fetch();
      const std::lock_guard lock(mutex_);
      if (fetched) {
        fetched_at_ = clock_.steady();
        if (fetched->changed &&
            fetched->text != text_) {  // else verifiers go on trusting what they have verified with the set they know
          text_ = std::move(fetched->text);
          keys_ = std::make_shared<const Set>(std::move(fetched->keys));
        }
      }
      failing_ = !fetched;
      fetching_ = false;
      done_.notify_all();
    });
    fetching_ = tried_ = true;
    tried_at_ = clock_.steady();
    started_ = Steady::now();
  }

  void await_fetch(std::unique_lock<std::mutex>& lock) {
    const milliseconds patience = failing_ ? kPatienceAfterFailure : kFetchLimit;
    done_.wait_until(lock, started_ + patience, [this] { return !fetching_; });
  }

  struct Fetched {
    bool changed = false;  ///< false: the same as last time, and not sent again
    std::string text;
    Set keys;
  };

  std::optional<Fetched> fetch() noexcept try {
    const auto end = Steady::now() + kFetchLimit;
    const std::string jwks_url = url_ + "/msa/auth/api/jwks.json";
    auto answer = get(jwks_url, end, etag_);
    if (!answer) return std::nullopt;
    if (answer->status == 304 && !etag_.empty()) return has(Fetched{});
    if (answer->status == 200) {
      auto keys = security::parse_jwks(answer->body);
      if (!keys || keys->empty()) return has_not(jwks_url);
      etag_ = std::move(answer->etag);
      had_jwks_ = true;
      return has(Fetched{true, std::move(answer->body), std::move(*keys)});
    }
    // A server that had a JWKS once has one still; whoever refuses it in its place (a proxy while the server is
    // exchanged) is not believed.
    const int refusal = answer->status;
    if (!had_jwks_ && may_be_first_release(refusal)) {
      const std::string key_url = url_ + "/msa/auth/api/public-key";
      answer = get(key_url, end, {});
      if (!answer) return std::nullopt;
      if (answer->status == 200) {
        auto key = security::PublicKey::from_der_base64(answer->body);
        if (!key) return has_not(key_url);
        return has(Fetched{true, std::move(answer->body), {std::move(*key)}});
      }
    }
    peer_.answered_in_vain(jwks_url, refusal, "it does not show its keys; check --auth-url");
    return std::nullopt;
  } catch (const std::exception& broken) {
    telemetry::log_error("fetching the auth server's keys failed", {{"cause", broken.what()}});
    return std::nullopt;
  }

  std::optional<Fetched> has(Fetched fetched) {
    peer_.answered();
    return fetched;
  }

  std::optional<Fetched> has_not(const std::string& url) {
    peer_.not_understood(url);
    return std::nullopt;
  }

  std::optional<http::ClientResponse> get(const std::string& url, Steady::time_point end, const std::string& etag) {
    http::ClientRequest request;
    request.url = url;
    if (!etag.empty()) request.headers.emplace_back("If-None-Match", etag);
    request.time_limit = std::max(milliseconds(1), std::chrono::ceil<milliseconds>(end - Steady::now()));
    request.body_limit = 64 * 1024;
    auto answer = client_.send(request);
    if (answer) return std::move(*answer);
    peer_.no_answer(url);
    return std::nullopt;
  }

  http::Client& client_;
  const std::string url_;
  const time::Clock& clock_;
  http::Peer peer_;

  // The fetcher's own, one at a time.
  std::string etag_;
  bool had_jwks_ = false;

  std::mutex mutex_;
  std::condition_variable done_;
  std::shared_ptr<const Set> keys_;
  std::string text_;  // what they were read from
  Steady::time_point fetched_at_{};
  Steady::time_point tried_at_{};
  Steady::time_point started_{};
  bool tried_ = false;
  bool fetching_ = false;
  bool failing_ = false;
  std::jthread fetcher_;  // last: it ends before what it uses
};

}  // namespace

std::shared_ptr<security::VerificationKeys> make_remote_verification_keys(http::Client& client, std::string auth_url,
                                                                          const time::Clock& clock,
                                                                          const http::PeerWatch* watch) {
  auto keys = std::make_shared<RemoteKeys>(client, std::move(auth_url), clock);
  if (watch != nullptr) {
    http::watch(
        *watch, "auth-keys", kLookEvery, [keys] { return keys->finding(); }, [keys] { keys->current(); });
  }
  return keys;
}

}  // namespace dontgoback::auth
