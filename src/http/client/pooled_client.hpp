#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

#include "dontgoback/http/client.hpp"

namespace dontgoback::http {

struct ClientSettings {
  std::filesystem::path extra_ca_file;  ///< PEM, besides the system's; empty: none
  std::size_t kept_per_host = 8;        ///< idle connections kept for each scheme, host and port
  std::chrono::seconds kept_for{30};    ///< and how long: shorter than servers keep theirs (ours: 60 s)
};

/// The public client. Answers of up to 16 KiB head; redirects are not followed. The cause of failed calls
/// is logged when it changes, with the host and without the path, and that they succeed again. std::invalid_argument
/// for a URL that is not absolute http(s) and for a header with a line break.
std::unique_ptr<Client> make_client(ClientSettings settings = {});

}  // namespace dontgoback::http
