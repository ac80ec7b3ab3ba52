#include "walkers.hpp"

#include "dontgoback/security/tokens/token_verifier.hpp"

namespace dontgoback::walk::walkers {

struct Walkers::Inner final : http::Authenticator {
  Result<http::Identity> authenticate(const http::Request&) const override { return security::kBadToken; }
};

Walkers::Walkers(Host&, Subscribers) : inner_(std::make_unique<Inner>()) {}
Walkers::~Walkers() = default;

bool is_live(storage::Connection& connection, WalkerId walker, std::int64_t) {
  const auto found = find(connection, walker);
  return found && found->status == Status::active;
}

const http::Authenticator& Walkers::authenticator() const { return *inner_; }
Result<http::Identity> Walkers::holder_of(std::string_view) const { return security::kBadToken; }

}  // namespace dontgoback::walk::walkers
