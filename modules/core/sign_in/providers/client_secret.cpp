#include "sign_in/providers/client_secret.hpp"

#include "dontgoback/json/writer.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr std::chrono::hours kLife{24};  // Apple takes up to six months
constexpr std::chrono::hours kMadeAnewAfter{23};

}  // namespace

std::string signed_client_secret(const ClientKey& key, const std::string& client_id, const std::string& audience,
                                 time::Timestamp now) {
  const auto issued = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch();
  std::string claims;
  json::Writer writer(claims);
  writer.begin_object();
  writer.field("iss", key.team);
  writer.field("iat", std::int64_t{issued.count()});
  writer.field("exp", std::int64_t{(issued + kLife).count()});
  writer.field("aud", audience);
  writer.field("sub", client_id);
  writer.end_object();
  return key.key.sign("JWT", claims, key.key_id);
}

std::optional<std::string> ClientSecret::at(time::Timestamp now) const {
  if (!key_) return secret_;
  const std::lock_guard lock(mutex_);
  if (signed_.empty() || now < signed_at_ || now - signed_at_ >= kMadeAnewAfter) {
    signed_ = signed_client_secret(*key_, client_id_, audience_, now);
    signed_at_ = now;
  }
  return signed_;
}

}  // namespace dontgoback::core::sign_in
