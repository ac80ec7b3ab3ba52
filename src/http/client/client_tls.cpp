#include "http/client/client_tls.hpp"

namespace dontgoback::http {

std::unique_ptr<boost::asio::ssl::context> make_client_tls(const std::filesystem::path& extra_ca_file) {
  auto made = std::make_unique<boost::asio::ssl::context>(boost::asio::ssl::context::tls_client);
  SSL_CTX_set_min_proto_version(made->native_handle(), TLS1_2_VERSION);
  made->set_default_verify_paths();
  if (!extra_ca_file.empty()) made->load_verify_file(extra_ca_file.string());
  return made;
}

}  // namespace dontgoback::http
