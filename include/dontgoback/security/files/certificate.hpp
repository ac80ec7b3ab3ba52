#pragma once

#include <string>
#include <variant>

// The files that TLS is served with.
namespace dontgoback::security {

struct CertificateFiles {
  std::string certificate;  ///< PEM: the certificate, and its chain after it
  std::string key;          ///< PEM, without a passphrase
};

/// What is in them.
struct CertificatePair {
  std::string certificate;
  std::string key;
  friend bool operator==(const CertificatePair&, const CertificatePair&) = default;
};

/// Why they cannot serve; in words that name the files.
struct CertificateProblem {
  enum class Of { certificate, key };
  Of of;
  std::string what;
};

/// A pair of which the key is the certificate's, and which is whole as far as that can be told; else the first problem.
/// Blocks.
std::variant<CertificatePair, CertificateProblem> read_certificate(const CertificateFiles& files);

}  // namespace dontgoback::security
