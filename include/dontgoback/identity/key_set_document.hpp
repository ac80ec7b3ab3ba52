#pragma once

#include <optional>
#include <string>

#include "dontgoback/http/peer.hpp"
#include "dontgoback/identity/remote_keys.hpp"

namespace dontgoback::identity {

/// No document of an issuer's is larger, in bytes.
inline constexpr std::size_t kMaxDocument = 64 * 1024;

/// A GET that ends by then. Nothing when there was no answer, which the peer is told.
std::optional<http::ClientResponse> get_document(http::Client& client, http::Peer& peer, const std::string& url,
                                                 RemoteKeys::Moment end, const std::string& etag = {});

/// A JWKS document (RFC 7517 section 5) at a URL, asked for conditionally. One thread at a time.
class KeySetDocument {
 public:
  /// Both outlive it. The peer is told how it went, but for answers with another status than 200 and 304.
  KeySetDocument(http::Client& client, http::Peer& peer) : client_(client), peer_(peer) {}

  struct Answer {
    int status = 0;                  ///< 0: there was none
    std::optional<FoundKeys> found;  ///< nothing for another status, and for what is no set or holds no key for us
  };
  Answer look(const std::string& url, RemoteKeys::Moment end);
  /// Whether there was ever a set.
  bool was_there() const { return !url_.empty(); }

 private:
  http::Client& client_;
  http::Peer& peer_;
  std::string url_;   // of the last good answer
  std::string etag_;  // of the same
};

}  // namespace dontgoback::identity
