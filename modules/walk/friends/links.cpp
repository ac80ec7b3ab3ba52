#include "links.hpp"

#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"
#include "store.hpp"

namespace dontgoback::walk::friends {
namespace {

constexpr std::size_t kTokenBytes = 16;

std::string hash_of(std::string_view token) {
  const auto digest = security::sha256(token);
  return security::base64url_encode(security::bytes(digest));
}

}  // namespace

std::string make_link(storage::Connection& connection, WalkerId walker, time::Timestamp now) {
  auto token = security::base64url_encode(security::random_bytes(kTokenBytes));
  walkers::lock_walker(connection, walker);
  add_link(connection, walker, hash_of(token), now + kLinkLife);
  drop_links(connection, walker, kMostLinks);
  return token;
}

std::optional<WalkerId> holder_of_link(storage::Connection& connection, std::string_view text, time::Timestamp now) {
  return find_link(connection, hash_of(text.substr(text.rfind('#') + 1)), now);
}

void end_links(storage::Connection& connection, WalkerId walker) { drop_links(connection, walker, 0); }

}  // namespace dontgoback::walk::friends
