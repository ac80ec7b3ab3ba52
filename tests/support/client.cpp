#include "support/client.hpp"

#include <algorithm>
#include <chrono>

#include "http/client/pooled_client.hpp"

namespace dontgoback::test {

CountingClient::CountingClient() : client_(http::make_client()) {}

Result<http::ClientResponse> CountingClient::send(const http::ClientRequest& request) {
  {
    const std::lock_guard lock(mutex_);
    urls_.push_back(request.url);
  }
  return client_->send(request);
}

http::StrangersAnswer CountingClient::send_to_stranger(const http::ClientRequest& request) {
  return client_->send_to_stranger(request);
}

int CountingClient::calls(std::string_view end_of_path) const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(
      std::ranges::count_if(urls_, [&](const std::string& url) { return url.ends_with(end_of_path); }));
}

http::ClientResponse send(http::Method method, const std::string& url, std::string body,
                          std::vector<std::pair<std::string, std::string>> headers) {
  http::ClientRequest request{.method = method, .url = url, .headers = std::move(headers), .body = std::move(body)};
  request.time_limit = std::chrono::seconds(60);
  return http::make_client()->send(request).value();
}

}  // namespace dontgoback::test
