#pragma once

#include <grpcpp/security/server_credentials.h>

#include <mutex>
#include <optional>
#include <string>

#include "../rpc.hpp"

struct grpc_server_credentials;
struct grpc_ssl_server_certificate_config;

namespace dontgoback::walk::rpc {

/// TLS by two files. gRPC's own watcher of files takes whatever is in them, also what is half-written or does not fit
/// together, and then serves nobody; so who looks at them is here, and gRPC asks what is new at each handshake.
class CertificateCredentials final : public grpc::ServerCredentials {
 public:
  /// Throws std::runtime_error, naming the files, when they cannot serve. `calls` outlives it.
  CertificateCredentials(security::CertificateFiles files, Calls& calls);
  ~CertificateCredentials() override;
  CertificateCredentials(const CertificateCredentials&) = delete;
  CertificateCredentials& operator=(const CertificateCredentials&) = delete;

  /// Takes up new files that can serve; of others the log says so, once, and what was served is served on. Every few
  /// seconds, by one thread.
  void look();

  void SetAuthMetadataProcessor(const std::shared_ptr<grpc::AuthMetadataProcessor>& processor) override;

 private:
  int AddPortToServer(const std::string& address, grpc_server* server) override;
  bool give(grpc_ssl_server_certificate_config** config);

  const security::CertificateFiles files_;
  Calls& calls_;
  std::string problem_;  // as it was at the last look
  bool said_ = false;

  std::mutex mutex_;
  security::CertificatePair pair_;
  bool is_new_ = true;
  grpc_server_credentials* credentials_ = nullptr;
};

}  // namespace dontgoback::walk::rpc
