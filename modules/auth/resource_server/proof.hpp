#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/http/request.hpp"
#include "dontgoback/time/clock.hpp"
#include "resource_server/replay_memory.hpp"

namespace dontgoback::auth {

/// What a DPoP proof proved, or why it is not taken.
struct ProofResult {
  enum class Outcome {
    good,
    refused,
    other_key,    ///< good, of another key than the prover's; not used up
    needs_nonce,  ///< refused only for want of `nonce`: `use_dpop_nonce`, and this in a `DPoP-Nonce` field
    full,         ///< refused only because too many proofs are remembered just now: worth another try
  };
  Outcome outcome = Outcome::refused;
  std::string thumbprint{};  ///< RFC 7638, of the key it was signed with; only of a good one
  std::string why{};  ///< of another: an ASCII sentence for `error_description`, with the measured skew if it is that
  std::string nonce{};
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
  /// `access_token`: what the proof must be bound to by `ath`; nothing at the token endpoint.
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

}  // namespace dontgoback::auth
