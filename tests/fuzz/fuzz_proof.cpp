// DPoP proofs, the URLs in them, and deny-lists as they come from outside.
#include <algorithm>

#include "dontgoback/security/tokens/deny_set.hpp"
#include "dontgoback/security/tokens/proof.hpp"
#include "fuzz.hpp"
#include "security/tokens/proof_text.hpp"
#include "security/tokens/same_url.hpp"

using namespace dontgoback;
using dontgoback::fuzz::require;

namespace {

void read_proof(std::string_view text) {
  const auto [proof, why] = security::read_proof(text);
  // What is refused says why, in words that a header's quoted string can hold.
  require(proof.has_value() == why.empty());
  require(std::all_of(why.begin(), why.end(), [](char c) { return c >= ' ' && c < 0x7F && c != '"' && c != '\\'; }));
  if (!proof) return;
  require(proof->thumbprint.size() == 43);  // SHA-256 in base64url
  require(!proof->claims.jti.empty() && proof->claims.jti.size() <= security::ProofVerifier::kMaxJti);
}

void normalize(std::string_view text) {
  const auto url = security::normalized_url(text);
  if (!url) return;
  require(security::normalized_url(*url) == url);
  require(url->starts_with("http://") || url->starts_with("https://"));
  require(url->find_first_of("?#") == std::string::npos);
  require(url->find('/', url->find("://") + 3) != std::string::npos);
  require(security::normalized_url(std::string(text.substr(0, text.find_first_of("?#"))) + "?query#fragment") == url);
}

void read_deny_list(std::string_view text) {
  const auto set = security::DenySet::from_json(text);
  if (!set) return;
  require(set->size() <= security::DenySet::kMaxDenials);
  const auto written = set->to_json();
  const auto again = security::DenySet::from_json(written);
  require(again.has_value() && again->to_json() == written && again->size() == set->size());
  require(!set->denies({}));  // what has no name cannot be named
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  read_proof(text);
  normalize(text);
  read_deny_list(text);
  return 0;
}
