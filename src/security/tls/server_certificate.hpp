#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "dontgoback/security/files/certificate.hpp"
#include "dontgoback/telemetry/health.hpp"
#include "dontgoback/time/clock.hpp"
#include "tls_session.hpp"

namespace dontgoback::security {

/// What clients are shown when TLS is ended here: TLS 1.2 and 1.3, ciphers with forward secrecy, `http/1.1` by ALPN
/// (RFC 7301). Any thread.
class ServerCertificate {
 public:
  /// Throws std::invalid_argument with what is wrong with the files, in words that name them.
  explicit ServerCertificate(CertificateFiles files);

  /// For a connection that has just come. Throws std::bad_alloc.
  TlsSession begin(int socket) const;

  /// Reads the files, and takes them up when they have changed, for connections from then on. Files that cannot serve
  /// are logged when they are found so twice, and what was there before serves on. One thread at a time.
  void look();

  /// When the certificate that is shown ends; of a chain the first that does.
  time::Timestamp ends() const;
  /// A note when that is near, and when the files cannot serve.
  telemetry::Finding finding(time::Timestamp now) const;

 private:
  using Context = std::shared_ptr<ssl_ctx_st>;
  struct Shown {
    CertificatePair pair;
    Context context;
    time::Timestamp ends;
  };
  Shown read() const;

  const CertificateFiles files_;
  mutable std::mutex mutex_;
  Shown shown_;
  std::string problem_;  ///< of the last look
  bool said_ = false;
};

}  // namespace dontgoback::security
