#include "certificate_credentials.hpp"

#include <grpc/grpc.h>
#include <grpc/grpc_security.h>

#include <stdexcept>
#include <utility>

namespace dontgoback::walk::rpc {
namespace {

using security::CertificatePair, security::CertificateProblem;

CertificatePair read_or_throw(const security::CertificateFiles& files, const Calls& calls) {
  auto read = calls.certificate(files);
  if (const auto* problem = std::get_if<CertificateProblem>(&read)) throw std::runtime_error(problem->what);
  return std::get<CertificatePair>(std::move(read));
}

}  // namespace

CertificateCredentials::CertificateCredentials(security::CertificateFiles files, Calls& calls)
    : files_(std::move(files)), calls_(calls), pair_(read_or_throw(files_, calls)) {
  const auto fetch = [](void* self, grpc_ssl_server_certificate_config** config) {
    return static_cast<CertificateCredentials*>(self)->give(config) ? GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_NEW
                                                                    : GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_UNCHANGED;
  };
  credentials_ = ::grpc_ssl_server_credentials_create_with_options(
      ::grpc_ssl_server_credentials_create_options_using_config_fetcher(GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE, fetch,
                                                                        this));
}

CertificateCredentials::~CertificateCredentials() { ::grpc_server_credentials_release(credentials_); }

void CertificateCredentials::look() {
  auto read = calls_.certificate(files_);
  if (auto* pair = std::get_if<CertificatePair>(&read)) {
    problem_.clear();
    const std::lock_guard lock(mutex_);
    if (*pair == pair_) return;
    pair_ = std::move(*pair);
    is_new_ = true;
    return;
  }
  auto& problem = std::get<CertificateProblem>(read).what;
  // Who replaces two files does so one after the other: it is said of what lasts.
  const bool lasts = problem == problem_;
  if (!lasts) said_ = false;
  problem_ = std::move(problem);
  if (lasts && !std::exchange(said_, true)) calls_.warn(problem_ + "; the certificate from before is served on");
}

bool CertificateCredentials::give(grpc_ssl_server_certificate_config** config) {
  const std::lock_guard lock(mutex_);
  if (!std::exchange(is_new_, false)) return false;
  const grpc_ssl_pem_key_cert_pair pair{pair_.key.c_str(), pair_.certificate.c_str()};
  // gRPC ends the process when there are no roots here, though no client is asked for a certificate.
  *config = ::grpc_ssl_server_certificate_config_create(pair_.certificate.c_str(), &pair, 1);
  return true;
}

void CertificateCredentials::SetAuthMetadataProcessor(const std::shared_ptr<grpc::AuthMetadataProcessor>&) {
  throw std::logic_error("there is none");
}

int CertificateCredentials::AddPortToServer(const std::string& address, grpc_server* server) {
  return ::grpc_server_add_http2_port(server, address.c_str(), credentials_);
}

}  // namespace dontgoback::walk::rpc
