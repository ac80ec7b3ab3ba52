#include "dontgoback/identity/key_set_document.hpp"

#include <algorithm>
#include <utility>

#include "dontgoback/security/jose/jwks.hpp"

namespace dontgoback::identity {

std::optional<http::ClientResponse> get_document(http::Client& client, http::Peer& peer, const std::string& url,
                                                 RemoteKeys::Moment end, const std::string& etag) {
  using std::chrono::milliseconds;
  http::ClientRequest request;
  request.url = url;
  if (!etag.empty()) request.headers.emplace_back("If-None-Match", etag);
  const auto left = std::chrono::ceil<milliseconds>(end - std::chrono::steady_clock::now());
  request.time_limit = std::max(milliseconds(1), left);
  request.body_limit = kMaxDocument;
  auto answer = client.send(request);
  if (answer) return std::move(*answer);
  peer.no_answer(url);
  return std::nullopt;
}

KeySetDocument::Answer KeySetDocument::look(const std::string& url, RemoteKeys::Moment end) {
  const bool known = url == url_ && !etag_.empty();
  auto answer = get_document(client_, peer_, url, end, known ? etag_ : std::string());
  if (!answer) return {};
  if (answer->status == 304 && known) {
    peer_.answered();
    return {304, FoundKeys{}};
  }
  if (answer->status != 200) return {answer->status, std::nullopt};
  auto keys = security::parse_jwks(answer->body);
  if (!keys || keys->empty()) {
    etag_.clear();  // nothing confirms the set before it is read again
    peer_.not_understood(url);
    return {200, std::nullopt};
  }
  url_ = url;
  etag_ = std::move(answer->etag);
  peer_.answered();
  return {200, FoundKeys{true, std::move(answer->body), std::move(*keys)}};
}

}  // namespace dontgoback::identity
