#include "certificate_watch.hpp"

#include "dontgoback/time/clock.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback::app {
namespace {

constexpr std::chrono::seconds kLookAtFiles{10};

}  // namespace

std::unique_ptr<security::ServerCertificate> served_certificate(const config::Settings& settings) {
  if (!settings.ends_tls()) return nullptr;
  return std::make_unique<security::ServerCertificate>(
      security::CertificateFiles{settings.tls_certificate_file, settings.tls_key_file});
}

void watch_certificate(security::ServerCertificate& certificate, Runtime& runtime) {
  runtime.metrics().gauge(
      "dontgoback_tls_certificate_expiry_timestamp_seconds", "When the certificate that clients are shown ends.",
      [&certificate] { return std::chrono::duration<double>(certificate.ends().time_since_epoch()).count(); });
  runtime.health().add("certificate", [&certificate] { return certificate.finding(time::SystemClock{}.now()); });
  runtime.scheduler().add({"certificate-watch", {{}, kLookAtFiles, true}, false, [&certificate](const jobs::Run&) {
                             certificate.look();
                             return "it ends at " + time::to_rfc3339(certificate.ends());
                           }});
}

}  // namespace dontgoback::app
