#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dontgoback/http/client.hpp"

namespace dontgoback::test {

/// The real client, which also counts the calls by the end of their path.
class CountingClient final : public http::Client {
 public:
  CountingClient();
  Result<http::ClientResponse> send(const http::ClientRequest& request) override;
  http::StrangersAnswer send_to_stranger(const http::ClientRequest& request) override;
  int calls(std::string_view end_of_path) const;

 private:
  std::unique_ptr<http::Client> client_;
  mutable std::mutex mutex_;
  std::vector<std::string> urls_;
};

/// Sends one request to a node.
http::ClientResponse send(http::Method method, const std::string& url, std::string body = {},
                          std::vector<std::pair<std::string, std::string>> headers = {});

}  // namespace dontgoback::test
