#pragma once

#include <boost/asio/ssl/context.hpp>
#include <filesystem>
#include <memory>

namespace dontgoback::http {

/// What servers' certificates are judged by: the system's authorities, and those in `extra_ca_file` (PEM; empty: none).
/// About a megabyte.
std::unique_ptr<boost::asio::ssl::context> make_client_tls(const std::filesystem::path& extra_ca_file);

}  // namespace dontgoback::http
