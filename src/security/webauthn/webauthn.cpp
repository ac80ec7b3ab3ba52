#include "dontgoback/security/webauthn/webauthn.hpp"

#include <boost/describe.hpp>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/jose/public_key.hpp"
#include "jose/ecdsa.hpp"
#include "webauthn/authenticator_data.hpp"
#include "webauthn/cbor.hpp"
#include "webauthn/cose_key.hpp"

namespace dontgoback::security::webauthn {
namespace {

/// Section 5.8.1.
struct ClientData {
  std::string type;
  std::string challenge;
  std::string origin;
  std::optional<bool> crossOrigin;
  std::optional<std::string> topOrigin;
};
BOOST_DESCRIBE_STRUCT(ClientData, (), (type, challenge, origin, crossOrigin, topOrigin))

/// Why what the browser said cannot be taken; empty: it can.
std::string_view wrong_client_data(const RelyingParty& party, std::string_view challenge, std::string_view type,
                                   std::string_view text) {
  if (text.size() > kMaxPart) return "the client data is too large";
  const auto data = json::read<ClientData>(text);
  if (!data) return "the client data is malformed";
  if (data->type != type) return "the client data is of another ceremony";
  if (data->challenge != base64url_encode(challenge)) return "the challenge is another one";
  if (data->origin != party.origin) return "the origin is another one";
  if (data->crossOrigin.value_or(false) || data->topOrigin) return "the page was shown within another one";
  return {};
}

std::string_view wrong_authenticator_data(const RelyingParty& party, const AuthenticatorData& data) {
  const auto expected = sha256(party.id);
  if (data.party_hash != bytes(expected)) return "the authenticator answered for another site";
  if (!data.user_present) return "nobody was present";
  if (!data.user_verified) return "the user was not verified";
  return {};
}

RegistrationReading refused(std::string_view why) { return {std::nullopt, std::string(why)}; }

bool is_signed(const PublicKey& key, std::string_view input, std::string_view signature) {
  if (key.algorithm() == Algorithm::rs256) return key.verify(input, signature);
  const auto raw = read_ecdsa_der(signature);
  return raw && key.verify(input, *raw);
}

}  // namespace

RegistrationReading read_registration(const RelyingParty& party, std::string_view challenge,
                                      std::string_view client_data, std::string_view attestation_object) {
  if (const auto why = wrong_client_data(party, challenge, "webauthn.create", client_data); !why.empty()) {
    return refused(why);
  }
  const auto object = attestation_object.size() > kMaxPart ? std::nullopt : cbor::read(attestation_object);
  const auto* bytes = object ? cbor::find(*object, "authData") : nullptr;
  const auto* format = object ? cbor::find(*object, "fmt") : nullptr;
  if (bytes == nullptr || bytes->if_is<cbor::Bytes>() == nullptr || format == nullptr ||
      format->if_is<std::string_view>() == nullptr) {
    return refused("the attestation object is malformed");
  }
  const auto data = read_authenticator_data(bytes->if_is<cbor::Bytes>()->value);
  if (!data || !data->credential) return refused("the authenticator data is malformed");
  if (const auto why = wrong_authenticator_data(party, *data); !why.empty()) return refused(why);
  const auto key = cbor::read(data->credential->cose_key);
  auto jwk = key ? jwk_of(*key) : std::nullopt;
  if (!jwk) return refused("the key is neither for ES256 nor for RS256");
  return {NewPasskey{std::string(data->credential->id), std::move(*jwk), data->counter}, {}};
}

AssertionReading read_assertion(const RelyingParty& party, std::string_view challenge, std::string_view public_key,
                                std::string_view client_data, std::string_view authenticator_data,
                                std::string_view signature) {
  const auto refused = [](std::string_view why) { return AssertionReading{std::nullopt, std::string(why)}; };
  if (const auto why = wrong_client_data(party, challenge, "webauthn.get", client_data); !why.empty()) {
    return refused(why);
  }
  const auto data = authenticator_data.size() > kMaxPart ? std::nullopt : read_authenticator_data(authenticator_data);
  if (!data) return refused("the authenticator data is malformed");
  if (const auto why = wrong_authenticator_data(party, *data); !why.empty()) return refused(why);
  const auto key = PublicKey::from_jwk(public_key);
  if (!key) return refused("the key that was kept is no key");
  const auto digest = sha256(client_data);
  const auto input = std::string(authenticator_data).append(bytes(digest));
  if (!is_signed(*key, input, signature)) return refused("the signature is not good");
  return {Assertion{data->counter}, {}};
}

}  // namespace dontgoback::security::webauthn
