#include "link_store.hpp"
#include "links.hpp"
#include "sign_in.hpp"

namespace dontgoback::core::sign_in {
namespace {

class LinksOfAccounts final : public accounts::Subscriber {
  void removed(storage::Connection& connection, UserId user) const override { delete_links_of(connection, user); }
};

}  // namespace

const accounts::Subscriber& subscriber() {
  static const LinksOfAccounts kSubscriber;
  return kSubscriber;
}

std::int64_t remove_expired(const expiry::Sweep& sweep) {
  return expiry::remove_ended(sweep, kLinkLife, delete_links_ended_within);
}

}  // namespace dontgoback::core::sign_in
