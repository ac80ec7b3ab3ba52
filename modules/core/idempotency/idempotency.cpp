#include "idempotency.hpp"

#include <algorithm>
#include <stdexcept>

#include "dontgoback/http/error.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "store.hpp"

namespace dontgoback::core::idempotency {
namespace {

constexpr std::chrono::hours kKept{24};
constexpr std::size_t kMaxKey = 64;
/// Of an account. More than an hour of what one may write by the limits, so who asks again has not come too late.
constexpr std::int64_t kMostKeys = 1000;
/// Without the text.
constexpr std::size_t kLargestAnswer = 1024;
constexpr Failure kBadKey{FailureKind::invalid,
                          {"Idempotency-Key는 64자 이하의 ASCII 문자여야 합니다.",
                           "Idempotency-Key must be one of 1 to 64 printable ASCII characters."}};
constexpr Failure kOtherBody{
    FailureKind::conflict,
    {"같은 Idempotency-Key로 다른 요청이 이미 처리되었습니다.", "Another request was made with this Idempotency-Key."}};

constexpr std::string_view kHeader = "Idempotency-Key";

std::string checked_key(const http::Request& request) {
  const auto key = request.header(kHeader);
  const bool printable = std::all_of(key.begin(), key.end(), [](char c) { return c >= ' ' && c <= '~'; });
  if (request.headers->count(kHeader) > 1 || key.empty() || key.size() > kMaxKey || !printable) {
    throw http::Error(kBadKey);
  }
  return std::string(key);
}

std::string fingerprint_of(const http::Request& request) {
  std::string text = std::to_string(static_cast<int>(request.method));
  for (const auto part : {request.path, request.body}) {
    text += '\n';
    text += part;
  }
  return security::base64url_encode(security::bytes(security::sha256(text)));
}

std::string as_json(std::string_view text) {
  std::string json;
  json::Writer(json).value(text);
  return json;
}

SmallAnswer small(const http::Response& response, std::string_view text) {
  SmallAnswer answer{response.status, response.body, std::nullopt};
  const auto repeated = as_json(text);
  if (const auto at = answer.body.find(repeated); at != std::string::npos) {
    answer.body.erase(at, repeated.size());
    answer.text_at = at;
  }
  if (answer.body.size() > kLargestAnswer) throw std::logic_error("an answer to keep is not small");
  return answer;
}

http::Response replay(SmallAnswer answer, std::string_view text) {
  http::Response response;
  response.status = answer.status;
  response.body = std::move(answer.body);
  if (answer.text_at) response.body.insert(*answer.text_at, as_json(text));
  return response;
}

}  // namespace

http::Response once(storage::Database& database, const time::Clock& clock, const time::ClockTrust& trust,
                    const http::Request& request, std::string_view text,
                    const std::function<http::Response(storage::Connection&)>& act) {
  if (request.headers->count(kHeader) == 0) return database.write(act);
  if (!request.identity.is_account()) throw std::logic_error("Idempotency-Key is kept per account");
  const auto user = request.identity.user;
  const auto key = checked_key(request);
  const auto fingerprint = fingerprint_of(request);
  const auto now = clock.now();

  return database.write([&](storage::Connection& connection) {
    if (!accounts::hold_account(connection, user)) throw http::Error(accounts::kNoUser);  // gone meanwhile
    // Claimed before acting, so that of two at once the second waits here, and then finds the first one's answer.
    if (!claim_key(connection, user, key, fingerprint, now)) {
      auto kept = find_answer(connection, user, key);
      if (!trust.older_than(kKept, kept.created_at)) {
        if (kept.fingerprint != fingerprint) throw http::Error(kOtherBody);
        return replay(std::move(kept.answer), text);
      }
      drop_key(connection, user, key);
      claim_key(connection, user, key, fingerprint, now);
    }
    auto response = act(connection);
    if (response.status < 400) {
      keep_answer(connection, user, key, small(response, text), kMostKeys);
    } else {
      drop_key(connection, user, key);
    }
    return response;
  });
}

namespace {

class KeysOfAccounts final : public accounts::Subscriber {
  void removed(storage::Connection& connection, UserId user) const override { drop_keys_of(connection, user); }
};

}  // namespace

const accounts::Subscriber& subscriber() {
  static const KeysOfAccounts kSubscriber;
  return kSubscriber;
}

std::int64_t remove_expired(const expiry::Sweep& sweep) {
  return expiry::remove_older(sweep, kKept, remove_keys_made_within);
}

}  // namespace dontgoback::core::idempotency
