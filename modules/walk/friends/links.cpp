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

NewLink make_link(storage::Connection& connection, WalkerId walker, time::Timestamp now) {
  auto token = security::base64url_encode(security::random_bytes(kTokenBytes));
  auto hash = hash_of(token);
  walkers::lock_walker(connection, walker);
  add_link(connection, walker, hash, now + kLinkLife);
  drop_links(connection, walker, kMostLinks);
  return {std::move(token), std::move(hash)};
}

std::optional<WalkerId> holder_of_link(storage::Connection& connection, std::string_view text, time::Timestamp now) {
  return find_link(connection, hash_of(text.substr(text.rfind('#') + 1)), now);
}

bool end_link(storage::Connection& connection, WalkerId walker, std::string_view id) {
  const auto hash = security::base64url_decode(id);
  return hash && hash->size() == std::tuple_size_v<security::Digest> && drop_link(connection, walker, id);
}

void end_links(storage::Connection& connection, WalkerId walker) { drop_links(connection, walker, 0); }

}  // namespace dontgoback::walk::friends
