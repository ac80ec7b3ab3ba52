#include "dontgoback/push/subscription.hpp"

#include "dontgoback/json/reader.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/push_encryption.hpp"
#include "dontgoback/text/url.hpp"

namespace dontgoback::push {
namespace {

constexpr std::size_t kMaxEndpoint = 1024;

constexpr Failure kNoEndpoint{FailureKind::invalid,
                              {"`endpoint`는 443번 포트의 https 주소여야 하며 1024자를 넘을 수 없습니다.",
                               "`endpoint` is an https URL on port 443, of at most 1024 characters."}};
constexpr Failure kNoKeys{FailureKind::invalid,
                          {"`keys.p256dh`는 P-256 공개 키, `keys.auth`는 16바이트여야 하며 base64url로 적습니다.",
                           "`keys.p256dh` is a public key of P-256 and `keys.auth` 16 bytes, in base64url."}};

/// Some browsers pad, though the Push API says base64url without.
std::string_view without_padding(std::string_view text) {
  while (text.ends_with('=')) text.remove_suffix(1);
  return text;
}

bool are_keys(const GivenKeys& keys) {
  const auto point = security::base64url_decode(without_padding(keys.p256dh));
  const auto auth = security::base64url_decode(without_padding(keys.auth));
  return point && auth && security::is_p256_point(*point) && auth->size() == security::kPushAuth;
}

}  // namespace

Result<Subscription> judge_subscription(const GivenSubscription& given, std::string_view test_service) {
  const auto url = text::Url::parse(given.endpoint);
  if (!url || given.endpoint.size() > kMaxEndpoint) return kNoEndpoint;
  const bool is_service = url->https && url->port == 443 && !url->is_loopback();
  if (!is_service && (test_service.empty() || url->origin() != test_service)) return kNoEndpoint;
  if (!are_keys(given.keys)) return kNoKeys;
  return Subscription{url->text(), std::string(without_padding(given.keys.p256dh)),
                      std::string(without_padding(given.keys.auth))};
}

Result<Subscription> read_subscription(std::string_view json, std::string_view test_service) {
  const auto given = json::read<GivenSubscription>(json);
  return given ? judge_subscription(*given, test_service) : given.failure();
}

}  // namespace dontgoback::push
