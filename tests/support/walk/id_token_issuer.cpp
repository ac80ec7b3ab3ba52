#include "support/walk/id_token_issuer.hpp"

#include "dontgoback/json/writer.hpp"
#include "dontgoback/security/jose/jwks.hpp"

namespace dontgoback::test {

IdTokenIssuer::IdTokenIssuer(const SetClock& clock)
    : clock_(clock),
      key_(security::SigningKey::generate(security::Algorithm::es256)),
      node_(std::make_unique<TestNode>(NodeParts{.clock = clock, .node = node_in(data_.path())})),
      url_(node_->url()) {
  const auto get = [this](std::string_view path, std::string text) {
    node_->host().router.add({http::Method::get, path, http::Access::anyone(), http::Lane::query, http::kNoBody,
                              [text = std::move(text)](const http::Request&) { return http::text(200, text); }});
  };
  get("/.well-known/openid-configuration",
      R"({"issuer":")" + url_ + R"(","jwks_uri":")" + url_ + R"(/keys","response_types_supported":["code"]})");
  get("/keys", security::jwks({key_}));
  node_->run();
}

IdTokenIssuer::~IdTokenIssuer() { stop(); }

void IdTokenIssuer::stop() {
  if (node_) node_->stop();
  node_.reset();
}

std::string IdTokenIssuer::token(const Claims& claims) const {
  const auto now = std::chrono::floor<std::chrono::seconds>(clock_.now()).time_since_epoch() - claims.age;
  std::string text;
  json::Writer writer(text);
  writer.begin_object();
  writer.field("iss", url_);
  writer.field("sub", claims.subject);
  writer.field("aud", claims.audience);
  if (!claims.nonce.empty()) writer.field("nonce", claims.nonce);
  writer.field("iat", static_cast<std::int64_t>(now.count()));
  writer.field("exp", static_cast<std::int64_t>(now.count()) + 3600);
  writer.end_object();
  return key_.sign("JWT", text);
}

}  // namespace dontgoback::test
