#pragma once

#include <memory>

#include "config/settings.hpp"
#include "runtime.hpp"
#include "security/tls/server_certificate.hpp"

namespace dontgoback::app {

/// What --tls-certificate-file shows; null without it. Throws std::invalid_argument for files that cannot serve.
std::unique_ptr<security::ServerCertificate> served_certificate(const config::Settings& settings);

/// The job that takes up new files, `dontgoback_tls_certificate_expiry_timestamp_seconds`, and what `/readyz` notes of
/// a certificate that ends soon. The certificate outlives the runtime's jobs. After its start, before them.
void watch_certificate(security::ServerCertificate& certificate, Runtime& runtime);

}  // namespace dontgoback::app
