#include "own.hpp"

#include <chrono>
#include <mutex>
#include <optional>
#include <utility>

#include "token_source/token_keeper.hpp"
#include "tokens/issuer.hpp"

namespace dontgoback::auth {
namespace {

class OwnKeys final : public security::VerificationKeys {
 public:
  explicit OwnKeys(OpenRegistry registry) : registry_(std::move(registry)) {}
  std::shared_ptr<const Set> current() override { return registry_().current()->verification_keys(); }
  std::shared_ptr<const Set> refreshed() override {
    if (may_look()) registry_().refresh();
    return current();
  }

 private:
  bool may_look() {
    const auto now = std::chrono::steady_clock::now();
    const std::lock_guard lock(mutex_);
    if (looked_at_ && now - *looked_at_ < std::chrono::seconds(1)) return false;
    looked_at_ = now;
    return true;
  }

  const OpenRegistry registry_;
  std::mutex mutex_;
  std::optional<std::chrono::steady_clock::time_point> looked_at_;
};

class OwnDenyList final : public DenyList {
 public:
  explicit OwnDenyList(OpenRegistry registry) : registry_(std::move(registry)) {}
  std::shared_ptr<const DenySet> current() const override { return registry_().current()->denied(); }

 private:
  const OpenRegistry registry_;
};

}  // namespace

std::shared_ptr<security::VerificationKeys> make_own_keys(OpenRegistry registry) {
  return std::make_shared<OwnKeys>(std::move(registry));
}

std::shared_ptr<DenyList> make_own_deny_list(OpenRegistry registry) {
  return std::make_shared<OwnDenyList>(std::move(registry));
}

std::shared_ptr<ports::TokenSource> make_own_tokens(OpenRegistry registry, std::string issuer_url, std::string client,
                                                    const time::Clock& clock) {
  const auto issuer = std::make_shared<Issuer>(std::move(issuer_url), clock);
  return std::make_shared<TokenKeeper>(
      [registry = std::move(registry), issuer, client = std::move(client)] {
        const auto scopes = joined({std::string(kUpdateAssets), std::string(kRunJobs)});
        return issuer->issue(*registry().current(), {client, scopes, kDefaultAudience, {}});
      },
      clock);
}

}  // namespace dontgoback::auth
