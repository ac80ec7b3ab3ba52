#pragma once

#include <string>

namespace dontgoback::auth {

/// How a client authenticates (RFC 6749 section 2.3, RFC 7523 section 2.2).
struct Credentials {
  enum class Method { client_secret_basic, client_secret_post, private_key_jwt };
  Method method = Method::client_secret_post;
  std::string client_id;
  std::string secret;
  std::string assertion;
};

}  // namespace dontgoback::auth
