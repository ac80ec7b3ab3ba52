#include "handlers.hpp"

#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "dontgoback/json/reader.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "sign_in/sign_in.hpp"
#include "store.hpp"

namespace dontgoback::core::passkeys {
namespace {

namespace webauthn = security::webauthn;
using core::sign_in::Posts;

constexpr std::size_t kChallengeBytes = 32;
constexpr std::int64_t kPatience = 300'000;  // ms, as the challenge lives
constexpr int kAlgorithms[] = {-7, -257};    // ES256, RS256 (IANA COSE Algorithms)

// Not 401: who gets that renews the session they have and asks again, with a challenge that is used up.
constexpr Failure kNotGood{
    FailureKind::invalid,
    {"패스키를 확인하지 못했습니다. 다시 시도해 주세요.", "The passkey could not be checked. Please try again."}};
constexpr Failure kBad{FailureKind::invalid, {"패스키의 응답이 올바르지 않습니다.", "That is no answer of a passkey."}};
constexpr Failure kExpired{FailureKind::invalid,
                           {"시간이 지났습니다. 다시 시도해 주세요.", "That took too long. Please try again."}};
constexpr Failure kThere{FailureKind::conflict, {"이미 등록된 패스키입니다.", "That passkey is registered already."}};
constexpr Failure kMany{FailureKind::conflict,
                        {"패스키는 열 개까지 등록할 수 있습니다.", "An account has ten passkeys at most."}};
constexpr Failure kNone{FailureKind::not_found, {"패스키를 찾을 수 없습니다.", "There is no such passkey."}};
constexpr Failure kLast{FailureKind::conflict,
                        {"마지막 로그인 수단은 지울 수 없습니다.", "The last way in cannot be removed."}};

struct Made {
  std::string clientDataJSON;
  std::string attestationObject;
};
BOOST_DESCRIBE_STRUCT(Made, (), (clientDataJSON, attestationObject))
struct Making {
  Made response;
};
BOOST_DESCRIBE_STRUCT(Making, (), (response))

struct Signed {
  std::string clientDataJSON;
  std::string authenticatorData;
  std::string signature;
  std::optional<std::string> userHandle;
};
BOOST_DESCRIBE_STRUCT(Signed, (), (clientDataJSON, authenticatorData, signature, userHandle))
struct Signing {
  std::string id;
  Signed response;
  std::optional<bool> keepPosts;
};
BOOST_DESCRIBE_STRUCT(Signing, (), (id, response, keepPosts))

/// What the client data repeats of the challenge; what else it says is judged by webauthn.
struct Challenged {
  std::string challenge;
};
BOOST_DESCRIBE_STRUCT(Challenged, (), (challenge))

std::string decoded(const std::string& text) {
  auto bytes = security::base64url_decode(text);
  if (!bytes) throw http::Error(kBad);
  return std::move(*bytes);
}

std::string challenge_in(std::string_view client_data) {
  return decoded(http::unwrap(json::read<Challenged>(client_data)).challenge);
}

/// A challenge that is kept for its one use, as base64url.
std::string new_challenge(const Passkeys& passkeys, storage::Connection& connection, std::optional<UserId> user) {
  auto challenge = security::base64url_encode(security::random_bytes(kChallengeBytes));
  add_challenge(connection, sessions::stored_form(challenge), user, passkeys.clock.now() + kChallengeLife);
  return challenge;
}

void write_options(json::Writer& writer, const Passkeys& passkeys, std::string_view name, const std::string& challenge,
                   const std::string& handle, const std::vector<Passkey>& known) {
  writer.begin_object();
  writer.field("challenge", challenge);
  writer.key("rp");
  writer.begin_object();
  writer.field("id", passkeys.party.id);
  writer.field("name", name);
  writer.end_object();
  writer.key("user");
  writer.begin_object();
  writer.field("id", handle);
  // Names change daily: an authenticator would go on showing the first.
  writer.field("name", name);
  writer.field("displayName", name);
  writer.end_object();
  writer.key("pubKeyCredParams");
  writer.begin_array();
  for (const auto algorithm : kAlgorithms) {
    writer.begin_object();
    writer.field("type", "public-key");
    writer.field("alg", algorithm);
    writer.end_object();
  }
  writer.end_array();
  writer.field("timeout", kPatience);
  writer.key("excludeCredentials");
  writer.begin_array();
  for (const auto& passkey : known) {
    writer.begin_object();
    writer.field("type", "public-key");
    writer.field("id", passkey.credential_id);
    writer.end_object();
  }
  writer.end_array();
  writer.key("authenticatorSelection");
  writer.begin_object();
  writer.field("residentKey", "required");
  writer.field("requireResidentKey", true);
  writer.field("userVerification", "required");
  writer.end_object();
  writer.field("attestation", "none");
  writer.end_object();
}

void write(json::Writer& writer, const Passkey& passkey) {
  writer.begin_object();
  writer.field("passkeyId", passkey.id);
  writer.field("createdAt", passkey.created_at);
  writer.field("lastUsedAt", passkey.last_used_at);
  writer.field("copied", passkey.copied);
  writer.end_object();
}

}  // namespace

http::Response options_to_make(const Passkeys& passkeys, const http::Request& request) {
  const auto user = request.identity.user;
  return passkeys.database.write([&](storage::Connection& connection) {
    const auto known = passkeys_of(connection, user);
    if (known.size() >= kMostOfAnAccount) throw http::Error(kMany);
    const auto handle = handle_of(connection, user);
    const auto challenge = new_challenge(passkeys, connection, user);
    // Authenticators show it where one chooses: in the operator's word, if there is one.
    const auto& network = passkeys.network;
    const auto name = network.own ? network.in(request.language) : std::string_view("DontGoBack");
    return http::envelope(
        request, 200, {"패스키를 만들 준비가 되었습니다.", "Ready to make a passkey."},
        [&](json::Writer& writer) { write_options(writer, passkeys, name, challenge, handle, known); });
  });
}

http::Response make(const Passkeys& passkeys, const http::Request& request) {
  const auto given = http::unwrap(json::read<Making>(request.body)).response;
  const auto client_data = decoded(given.clientDataJSON);
  const auto challenge = challenge_in(client_data);
  auto reading = webauthn::read_registration(passkeys.party, challenge, client_data, decoded(given.attestationObject));
  if (!reading.passkey) {
    telemetry::log_info("passkey not registered: " + reading.why);
    throw http::Error(kBad);
  }
  Passkey made{.id = 0,
               .user = request.identity.user,
               .credential_id = security::base64url_encode(reading.passkey->credential_id),
               .public_key = std::move(reading.passkey->public_key),
               .counter = reading.passkey->counter,
               .copied = false,
               .created_at = passkeys.clock.now(),
               .last_used_at = {}};
  const auto stored = sessions::stored_form(security::base64url_encode(challenge));
  return passkeys.database.write([&](storage::Connection& connection) {
    accounts::lock_account(connection, made.user);
    if (!use_challenge(connection, stored, made.user, made.created_at)) throw http::Error(kExpired);
    if (passkeys_of(connection, made.user).size() >= kMostOfAnAccount) throw http::Error(kMany);
    if (!add_passkey(connection, made)) throw http::Error(kThere);
    made.id = connection.last_insert_id();
    return http::envelope(request, 201, {"패스키를 등록했습니다.", "The passkey is registered."},
                          [&](json::Writer& writer) { write(writer, made); });
  });
}

http::Response list(const Passkeys& passkeys, const http::Request& request) {
  const auto known = passkeys.database.read(
      [&](storage::Connection& connection) { return passkeys_of(connection, request.identity.user); });
  return http::envelope(request, 200, {"패스키 목록입니다.", "The passkeys."}, [&](json::Writer& writer) {
    writer.begin_object();
    writer.key("passkeys");
    writer.begin_array();
    for (const auto& passkey : known) write(writer, passkey);
    writer.end_array();
    writer.end_object();
  });
}

http::Response remove(const Passkeys& passkeys, const http::Request& request) {
  const auto user = request.identity.user;
  const auto id = http::path_id(request, "passkeyId");
  passkeys.database.write([&](storage::Connection& connection) {
    accounts::lock_account(connection, user);
    if (!delete_passkey(connection, user, id)) throw http::Error(kNone);
    if (!passkeys.ways_in.any(connection, user)) throw http::Error(kLast);
  });
  return http::envelope(request, 200, {"패스키를 지웠습니다.", "The passkey is removed."}, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("passkeyId", id);
    writer.end_object();
  });
}

http::Response options_to_sign_in(const Passkeys& passkeys, const http::Request& request) {
  const auto challenge = passkeys.database.write(
      [&](storage::Connection& connection) { return new_challenge(passkeys, connection, std::nullopt); });
  return http::envelope(request, 200, {"패스키를 쓸 준비가 되었습니다.", "Ready for a passkey."},
                        [&](json::Writer& writer) {
                          writer.begin_object();
                          writer.field("challenge", challenge);
                          writer.field("rpId", passkeys.party.id);
                          writer.field("timeout", kPatience);
                          writer.field("userVerification", "required");
                          writer.end_object();
                        });
}

http::Response sign_in(const Passkeys& passkeys, const http::Request& request) {
  const auto given = http::unwrap(json::read<Signing>(request.body));
  const auto client_data = decoded(given.response.clientDataJSON);
  const auto authenticator_data = decoded(given.response.authenticatorData);
  const auto signature = decoded(given.response.signature);
  const auto challenge = challenge_in(client_data);
  const auto stored = sessions::stored_form(security::base64url_encode(challenge));
  const auto now = passkeys.clock.now();
  const auto posts = given.keepPosts.value_or(false) ? Posts::keep : Posts::leave;
  const auto visitor = core::sign_in::visitor_of(passkeys.sessions, request);
  const auto guest = core::sign_in::guest_of(visitor.before, posts);

  bool copied = false;
  // What is refused uses the challenge up as well: the transaction ends well, and the failure is its answer.
  auto arrived = passkeys.database.write([&](storage::Connection& connection) -> Result<sessions::SignedIn> {
    if (!use_challenge(connection, stored, std::nullopt, now)) return kExpired;
    const auto passkey = hold_passkey(connection, given.id);
    if (!passkey) return kNotGood;
    const auto& handle = given.response.userHandle;
    if (handle && *handle != handle_of(connection, passkey->user)) return kNotGood;
    const auto reading = webauthn::read_assertion(passkeys.party, challenge, passkey->public_key, client_data,
                                                  authenticator_data, signature);
    if (!reading.assertion) return kNotGood;
    copied = webauthn::counter_fell(passkey->counter, reading.assertion->counter);
    auto signed_in = core::sign_in::sign_in_member(connection, passkeys.life_cycle, passkey->user, visitor, guest, now);
    if (signed_in) {
      note_use(connection, passkey->id, std::max(passkey->counter, reading.assertion->counter),
               passkey->copied || copied, now);
    }
    return signed_in;
  });
  const auto signed_in = http::unwrap(std::move(arrived));
  auto answer = http::envelope(request, 200, {"로그인되었습니다.", "Signed in."}, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("location", copied ? "/login?status=passkey-copied" : "/");
    writer.end_object();
  });
  return passkeys.sessions.set_cookies(std::move(answer), signed_in);
}

}  // namespace dontgoback::core::passkeys
