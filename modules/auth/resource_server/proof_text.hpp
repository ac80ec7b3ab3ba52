#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace dontgoback::auth {

/// The claims of a DPoP proof (RFC 9449 section 4.2).
struct ProofClaims {
  std::string jti;
  std::string htm;
  std::string htu;
  std::chrono::sys_seconds issued_at;
  std::string ath;  ///< empty when there is none
  std::optional<std::string> nonce;
};

/// A DPoP proof whose signature is that of the key it brings; nothing is known yet of what it proves.
struct ReadProof {
  std::string thumbprint;
  ProofClaims claims;
};

/// The proof, or an ASCII sentence that says what is wrong with it. A fuzzer may call it.
struct ProofReading {
  std::optional<ReadProof> proof;
  std::string_view why;
};
ProofReading read_proof(std::string_view text);

}  // namespace dontgoback::auth
