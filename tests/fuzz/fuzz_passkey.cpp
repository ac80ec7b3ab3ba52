// What an authenticator says, as a stranger may send it.
#include <algorithm>

#include "dontgoback/security/webauthn/webauthn.hpp"
#include "fuzz.hpp"
#include "security/webauthn/cbor.hpp"

using namespace dontgoback::security;
using dontgoback::fuzz::require;

namespace {

const webauthn::RelyingParty kParty{"example.org", "https://example.org"};
constexpr std::string_view kClientData =
    R"({"type":"webauthn.create","challenge":"eA","origin":"https://example.org"})";

int depth_of(const cbor::Value& value) {
  int deepest = 0;
  if (const auto* array = value.if_is<cbor::Array>()) {
    for (const auto& element : *array) deepest = std::max(deepest, depth_of(element));
    return deepest + 1;
  }
  if (const auto* map = value.if_is<cbor::Map>()) {
    for (const auto& [key, member] : *map) deepest = std::max(deepest, depth_of(member));
    return deepest + 1;
  }
  return 0;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = dontgoback::fuzz::text_of(data, size);
  if (const auto value = cbor::read(text)) require(depth_of(*value) <= cbor::kMaxDepth);
  const auto made = webauthn::read_registration(kParty, "x", kClientData, text);
  require(made.passkey.has_value() == made.why.empty());
  if (made.passkey) {
    require(made.passkey->credential_id.size() >= 16);
    // No signature at all is nobody's.
    require(!webauthn::read_assertion(kParty, "x", made.passkey->public_key, kClientData, text, "").assertion);
  }
  require(!webauthn::read_registration(kParty, "x", text, text).passkey);
  require(!webauthn::read_assertion(kParty, "x", "{}", kClientData, text, text).assertion);
  return 0;
}
