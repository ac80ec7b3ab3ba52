#include "dontgoback/identity/remote_keys.hpp"

#include <atomic>
#include <memory>
#include <utility>

#include "dontgoback/identity/key_set_document.hpp"
#include "dontgoback/security/jose/public_key.hpp"
#include "names.hpp"
#include "resource_server/first_release.hpp"
#include "resource_server/remote.hpp"

namespace dontgoback::auth {

namespace {

constexpr std::chrono::seconds kLookEvery{10};

/// The documents of the auth node that tell its keys. One thread at a time.
class KeyDocuments {
 public:
  KeyDocuments(http::Client& client, const std::string& auth_url)
      : client_(client),
        key_set_url_(auth_url + std::string(kKeySetPath)),
        public_key_url_(auth_url + std::string(kPublicKeyPath)),
        peer_(client, "the auth server's keys", "--auth-url"),
        key_set_(client, peer_) {}

  void count_in(telemetry::Metrics& metrics, const std::string& node) { peer_.count_in(metrics, node); }

  telemetry::Finding finding() const {
    auto found = peer_.finding();
    if (!found.text.empty() || had_) return found;
    return {telemetry::Finding::Weight::note, key_set_url_ + ": not answered yet; tokens are answered 503 until it is"};
  }

  std::optional<identity::FoundKeys> look(identity::RemoteKeys::Moment end) {
    auto found = find(end);
    if (found) had_ = true;
    return found;
  }

 private:
  std::optional<identity::FoundKeys> find(identity::RemoteKeys::Moment end) {
    auto answer = key_set_.look(key_set_url_, end);
    if (answer.found || answer.status == 0 || answer.status == 200) return std::move(answer.found);
    // A server that had a JWKS once has one still; whoever refuses it in its place (a proxy while the server is
    // exchanged) is not believed.
    if (!key_set_.was_there() && may_be_first_release(answer.status)) {
      const auto key = identity::get_document(client_, peer_, public_key_url_, end);
      if (!key) return std::nullopt;
      if (key->status == 200) return public_key(key->body);
    }
    peer_.answered_in_vain(key_set_url_, answer.status, "it does not show its keys; check --auth-url");
    return std::nullopt;
  }

  std::optional<identity::FoundKeys> public_key(const std::string& text) {
    auto key = security::PublicKey::from_der_base64(text);
    if (!key) {
      peer_.not_understood(public_key_url_);
      return std::nullopt;
    }
    peer_.answered();
    return identity::FoundKeys{true, text, {std::move(*key)}};
  }

  http::Client& client_;
  const std::string key_set_url_;
  const std::string public_key_url_;
  http::Peer peer_;
  identity::KeySetDocument key_set_;
  std::atomic<bool> had_{false};
};

class NoKeys final : public security::VerificationKeys {
  std::shared_ptr<const Set> current() override { return nullptr; }
  std::shared_ptr<const Set> refreshed() override { return nullptr; }
};

}  // namespace

std::shared_ptr<security::VerificationKeys> make_remote_verification_keys(http::Client& client, std::string auth_url,
                                                                          const time::Clock& clock,
                                                                          const http::PeerWatch* watch) {
  const auto documents = std::make_shared<KeyDocuments>(client, auth_url);
  auto keys = std::make_shared<identity::RemoteKeys>(
      "the auth server", [documents](identity::RemoteKeys::Moment end) { return documents->look(end); }, clock);
  if (watch != nullptr) {
    documents->count_in(watch->metrics, "auth-keys");
    http::watch(
        *watch, "auth-keys", kLookEvery, [documents] { return documents->finding(); }, [keys] { keys->current(); });
  }
  return keys;
}

std::shared_ptr<security::VerificationKeys> make_no_keys() { return std::make_shared<NoKeys>(); }

}  // namespace dontgoback::auth
