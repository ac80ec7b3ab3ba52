#include "email/email_link_store.hpp"
#include "email/email_links.hpp"
#include "link_store.hpp"
#include "links.hpp"
#include "sign_in.hpp"
#include "sign_up_store.hpp"

namespace dontgoback::core::sign_in {
namespace {

class LinksOfAccounts final : public accounts::Subscriber {
  void removed(storage::Connection& connection, UserId user) const override {
    delete_links_of(connection, user);
    delete_sign_ups_of(connection, user);
    if (const auto email = accounts::find_email(connection, user)) delete_email_links_to(connection, *email);
  }
};

}  // namespace

const accounts::Subscriber& subscriber() {
  static const LinksOfAccounts kSubscriber;
  return kSubscriber;
}

std::int64_t remove_expired(const expiry::Sweep& sweep) {
  return expiry::remove_ended(sweep, kLinkLife, delete_links_ended_within) +
         expiry::remove_ended(sweep, kSignUpLife, delete_sign_ups_ended_within) +
         expiry::remove_ended(sweep, kEmailLinkLife, delete_email_links_ended_within);
}

}  // namespace dontgoback::core::sign_in
