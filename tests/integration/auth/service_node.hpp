#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "auth/module.hpp"
#include "dontgoback/ports/deny_list.hpp"
#include "http/client/pooled_client.hpp"
#include "support/set_clock.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_node.hpp"

namespace dontgoback::test {

/// The real client, which also counts the calls by the end of their path.
class CountingClient final : public http::Client {
 public:
  Result<http::ClientResponse> send(const http::ClientRequest& request) override;
  int calls(std::string_view end_of_path) const;

 private:
  std::unique_ptr<http::Client> client_ = http::make_client();
  mutable std::mutex mutex_;
  std::vector<std::string> urls_;
};

/// An auth node with one client, `core`, whose secret is `s3cret`.
class AuthNode {
 public:
  AuthNode(const time::Clock& clock, const std::filesystem::path& data_dir, const std::string& listen = "127.0.0.1:0");

  TestNode node;
  auth::AuthModule module;
};

/// Sends one request to a node.
http::ClientResponse send(http::Method method, const std::string& url, std::string body = {},
                          std::vector<std::pair<std::string, std::string>> headers = {});

}  // namespace dontgoback::test
