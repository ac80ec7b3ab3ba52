#pragma once

#include <memory>
#include <string>

#include "dontgoback/security/jose/signing_key.hpp"
#include "support/set_clock.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_node.hpp"

namespace dontgoback::test {

/// An issuer of ID tokens on a socket of its own.
class IdTokenIssuer {
 public:
  explicit IdTokenIssuer(const SetClock& clock);
  ~IdTokenIssuer();

  struct Claims {
    std::string subject;
    std::string nonce{};  ///< empty: none
    std::string audience = "app.walk.test";
    std::chrono::seconds age{0};
  };
  std::string token(const Claims& claims) const;
  const std::string& url() const { return url_; }
  /// It does not answer any more.
  void stop();

 private:
  const SetClock& clock_;
  const security::SigningKey key_;
  TemporaryDirectory data_;
  std::unique_ptr<TestNode> node_;
  std::string url_;
};

}  // namespace dontgoback::test
