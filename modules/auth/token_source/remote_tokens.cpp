#include "token_source/remote_tokens.hpp"

#include <atomic>
#include <chrono>
#include <optional>

#include "dontgoback/json/writer.hpp"
#include "names.hpp"
#include "token_source/token_keeper.hpp"

namespace dontgoback::auth {

namespace {

constexpr Failure kAway{FailureKind::unavailable,
                        {"인증 서버에 연결할 수 없습니다.", "The auth server cannot be reached."}};
constexpr Failure kRefused{
    FailureKind::forbidden,
    {"인증 서버가 이 서버의 자격 증명을 거부했습니다.", "The auth server refuses this server's credentials."}};

/// A failing secret slows down the next try at the auth server, up to a minute.
constexpr std::chrono::seconds kAskAgainWhenRefused{60};
constexpr std::chrono::seconds kLookEvery{10};

/// One request for a token. Any thread.
class TokenCall {
 public:
  TokenCall(http::Client& client, std::string auth_url, std::string client_id, std::function<std::string()> secret,
            const time::Clock& clock)
      : client_(client),
        clock_(clock),
        client_id_(std::move(client_id)),
        secret_(std::move(secret)),
        refused_("the auth server refuses the client id " + client_id_ +
                 " of this node: check --client-id and --client-secret-file, and `dontgoback clients list` there"),
        peer_(client, "this node's token of the auth server", "--auth-url") {
    request_.method = http::Method::post;
    request_.url = std::move(auth_url) + std::string(kTokenPath);
    request_.headers = {{"Content-Type", "application/json"}};
    request_.body_limit = 16 * 1024;
  }

  Result<std::string> ask() {
    const auto request = whole_request();
    auto answer = client_.send(request);
    if (!answer) {
      peer_.no_answer(request.url);
      return kAway;
    }
    const int status = answer->status;
    if (status == 200) {
      had_ = true;
      if (lifetime_of(answer->body, clock_.now())) {
        peer_.answered();
      } else {
        peer_.not_understood(request.url);
      }
      return std::move(answer->body);
    }
    // Told to wait after having been refused: still refused.
    const bool waits = status == 429 && peer_.finding().weight == telemetry::Finding::Weight::unready;
    if (!waits) peer_.answered_in_vain(request.url, status, refused_);
    return status >= 400 && status < 500 && status != 429 ? kRefused : kAway;
  }

  /// Whether a token can be had, as far as it is not known. The token is not kept.
  void look() {
    using Weight = telemetry::Finding::Weight;
    const auto weight = peer_.finding().weight;
    if (had_ && weight == Weight::fine) return;
    const auto now = std::chrono::steady_clock::now();
    if (weight == Weight::unready && looked_at_ && now - *looked_at_ < kAskAgainWhenRefused) return;
    looked_at_ = now;
    static_cast<void>(ask());
  }

  void count_in(telemetry::Metrics& metrics, const std::string& node) { peer_.count_in(metrics, node); }
  telemetry::Finding finding() const { return peer_.finding(); }

 private:
  /// With the secret as it is in its file by now: a new one is put there while the node runs.
  http::ClientRequest whole_request() const {
    auto request = request_;
    const auto secret = secret_();
    json::Writer writer(request.body);
    writer.begin_object();
    writer.field("clientId", client_id_);
    writer.field("clientSecret", secret);
    writer.end_object();
    return request;
  }

  http::Client& client_;
  const time::Clock& clock_;
  const std::string client_id_;
  const std::function<std::string()> secret_;
  const std::string refused_;
  http::ClientRequest request_;  // but for its body
  http::Peer peer_;
  std::atomic<bool> had_{false};
  std::optional<std::chrono::steady_clock::time_point> looked_at_;  // of the job
};

}  // namespace

std::shared_ptr<ports::TokenSource> make_remote_token_source(http::Client& client, std::string auth_url,
                                                             std::string client_id, std::function<std::string()> secret,
                                                             const time::Clock& clock, const http::PeerWatch* watch) {
  const auto call =
      std::make_shared<TokenCall>(client, std::move(auth_url), std::move(client_id), std::move(secret), clock);
  if (watch != nullptr) {
    call->count_in(watch->metrics, "auth-token");
    http::watch(
        *watch, "auth-token", kLookEvery, [call] { return call->finding(); }, [call] { call->look(); });
  }
  return std::make_shared<TokenKeeper>([call] { return call->ask(); }, clock);
}

}  // namespace dontgoback::auth
