#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/http/request.hpp"
#include "dontgoback/security/tokens/replay_memory.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::security {

/// What a DPoP proof proved, or why it is not taken.
struct ProofResult {
  std::string thumbprint;  ///< RFC 7638, of the key it was signed with; empty: refused
  std::string why;    ///< of a refusal: an ASCII sentence for `error_description`, with the measured skew if it is that
  bool full = false;  ///< refused only because too many proofs are remembered just now: worth another try
  std::string nonce;  ///< refused only for want of this one: `use_dpop_nonce`, and this in a `DPoP-Nonce` field
};

/// Of whom a proof must be, where that is known.
struct Prover {
  std::string_view client;      ///< whose share of the memory it takes; empty: its key's
  std::string_view thumbprint;  ///< of the key; a good proof of another takes no space; empty: of any
};

/// Verifies DPoP proofs (RFC 9449 section 4.3): one `DPoP` field, `typ` dpop+jwt, RS256 or ES256 by the public `jwk` in
/// its header, `htm` and `htu` of this request, `iat` within the leeway, `jti` used once, `ath` of the access token.
/// What was used before the process started is not remembered. Such a proof is dated no later than the start and the
/// leeway after it; one that is needs the nonce of this process (RFC 9449 sections 8 and 9), which shows that it was
/// made since. Later ones need none, and may have another's: clients keep what another node at the same address or an
/// earlier process told them. Any thread; verifying is CPU work.
class ProofVerifier {
 public:
  /// The age that is borne of any proof, also where clocks must agree: it has to get here.
  static constexpr std::chrono::seconds kTravel{5};
  static constexpr std::size_t kMaxProof = 6 * 1024;
  static constexpr std::size_t kMaxJti = 256;

  /// `urls`: what clients know this node by (`https://host[:port][/path]`, trailing slashes aside), one of which with
  /// the request's path must be the proof's `htu`. The request's own Host is not believed: another resource server
  /// could replay a proof with it.
  ProofVerifier(std::vector<std::string> urls, std::chrono::seconds leeway, ReplayMemory& memory,
                const time::Clock& clock);

  /// Whether the request carries a proof at all.
  static bool present(const http::Request& request);
  /// `access_token`: what the proof must be bound to by `ath`; nothing at the token endpoint. Whose key it is of is the
  /// caller's to compare, also when `prover` says whose it should be.
  ProofResult verify(const http::Request& request, std::optional<std::string_view> access_token,
                     const Prover& prover = {}) const;

 private:
  const std::vector<std::string> urls_;
  const std::chrono::seconds leeway_;
  ReplayMemory& memory_;
  const time::Clock& clock_;
  const std::string nonce_;  ///< of this process
};

/// The field that tells a client the nonce.
inline constexpr std::string_view kNonceField = "DPoP-Nonce";

/// What a 401 says a proof may be signed with (RFC 9449 section 7.1).
inline constexpr std::string_view kProofAlgorithms = "ES256 RS256";

/// `"iat is 95 s ahead of this server's clock (60 s are borne)"`, or behind it; nothing when the moment is within the
/// leeway, in whole seconds. `claim` is a literal.
std::optional<std::string> skew(std::string_view claim, std::chrono::sys_seconds moment, time::Timestamp now,
                                std::chrono::seconds leeway);

}  // namespace dontgoback::security
