#include "service_node.hpp"

#include <algorithm>
#include <fstream>

namespace dontgoback::test {
namespace {

std::string secret_file(const std::filesystem::path& data_dir) {
  const auto file = data_dir / "core.secret";
  std::ofstream(file) << "s3cret\n";
  std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  return file;
}

}  // namespace

Result<http::ClientResponse> CountingClient::send(const http::ClientRequest& request) {
  {
    const std::lock_guard lock(mutex_);
    urls_.push_back(request.url);
  }
  return client_->send(request);
}

int CountingClient::calls(std::string_view end_of_path) const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(
      std::ranges::count_if(urls_, [&](const std::string& url) { return url.ends_with(end_of_path); }));
}

AuthNode::AuthNode(const time::Clock& clock, const std::filesystem::path& data_dir, const std::string& listen)
    : node({.clock = clock, .node = node_in(data_dir), .listen = listen}) {
  node.start(module, {{"auth-client", "core=" + secret_file(data_dir)}});
  node.run();
}

http::ClientResponse send(http::Method method, const std::string& url, std::string body,
                          std::vector<std::pair<std::string, std::string>> headers) {
  http::ClientRequest request{.method = method, .url = url, .headers = std::move(headers), .body = std::move(body)};
  request.time_limit = std::chrono::seconds(60);
  return http::make_client()->send(request).value();
}

}  // namespace dontgoback::test
