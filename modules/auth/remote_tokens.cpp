#include "dontgoback/json/writer.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "remote.hpp"
#include "token_keeper.hpp"

namespace dontgoback::auth {

namespace {

constexpr Failure kAway{FailureKind::unavailable,
                        {"인증 서버에 연결할 수 없습니다.", "The auth server cannot be reached."}};
constexpr Failure kRefused{
    FailureKind::forbidden,
    {"인증 서버가 이 서버의 자격 증명을 거부했습니다.", "The auth server refuses this server's credentials."}};

}  // namespace

std::shared_ptr<ports::TokenSource> make_remote_token_source(http::Client& client, std::string auth_url,
                                                             std::string client_id, std::string secret,
                                                             const time::Clock& clock) {
  http::ClientRequest request{.method = http::Method::post,
                              .url = std::move(auth_url) + "/msa/auth/api/token",
                              .headers = {{"Content-Type", "application/json"}},
                              .body = {}};
  request.body_limit = 16 * 1024;
  json::Writer writer(request.body);
  writer.begin_object();
  writer.field("clientId", client_id);
  writer.field("clientSecret", secret);
  writer.end_object();

  return std::make_shared<TokenKeeper>(
      [&client, request = std::move(request)]() -> Result<std::string> {
        auto answer = client.send(request);
        if (!answer) return kAway;
        if (answer->status == 200) return std::move(answer->body);
        telemetry::log_warn("the auth server gives no token", {{"status", answer->status}});
        return answer->status >= 400 && answer->status < 500 && answer->status != 429 ? kRefused : kAway;
      },
      clock);
}

}  // namespace dontgoback::auth
