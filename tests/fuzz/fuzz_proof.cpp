// DPoP proofs, the URLs in them, and deny-lists as they come from outside.
#include <algorithm>

#include "auth/resource_server/deny_set.hpp"
#include "auth/resource_server/proof.hpp"
#include "auth/resource_server/proof_text.hpp"
#include "dontgoback/text/url.hpp"
#include "fuzz.hpp"

using namespace dontgoback;
using dontgoback::fuzz::require;

namespace {

void read_proof(std::string_view text) {
  const auto [proof, why] = auth::read_proof(text);
  // What is refused says why, in words that a header's quoted string can hold.
  require(proof.has_value() == why.empty());
  require(std::all_of(why.begin(), why.end(), [](char c) { return c >= ' ' && c < 0x7F && c != '"' && c != '\\'; }));
  if (!proof) return;
  require(proof->thumbprint.size() == 43);  // SHA-256 in base64url
  require(!proof->claims.jti.empty() && proof->claims.jti.size() <= auth::ProofVerifier::kMaxJti);
}

void normalize(std::string_view input) {
  const auto url = text::Url::parse(input);
  if (!url) return;
  const auto normal = url->normalized();
  require(text::Url::parse(normal)->normalized() == normal);
  require(text::Url::parse(url->text())->text() == url->text());
  require(normal.starts_with("http://") || normal.starts_with("https://"));
  require(normal.find_first_of("?#") == std::string::npos);
  require(normal.find('/', normal.find("://") + 3) != std::string::npos);
  const auto with_query = std::string(input.substr(0, input.find_first_of("?#"))) + "?query#fragment";
  require(text::Url::parse(with_query)->normalized() == normal);
}

void read_deny_list(std::string_view text) {
  const auto set = auth::DenySet::from_json(text);
  if (!set) return;
  require(set->size() <= auth::DenySet::kMaxDenials);
  const auto written = set->to_json();
  const auto again = auth::DenySet::from_json(written);
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
