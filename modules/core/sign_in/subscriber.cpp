#include "email/email_link_store.hpp"
#include "email/email_links.hpp"
#include "hand_over/hand_over.hpp"
#include "hand_over/hand_over_store.hpp"
#include "identities.hpp"
#include "invitation_store.hpp"
#include "link_store.hpp"
#include "links.hpp"
#include "sign_in.hpp"
#include "sign_in/providers/tries.hpp"
#include "sign_in/providers/walk_arrivals.hpp"
#include "sign_up_store.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr std::chrono::hours kEndedInvitationsKept{24};

class WaysIn final : public accounts::Subscriber {
  void merged(storage::Connection& connection, UserId from, UserId to) const override {
    move_identities(connection, from, to);
  }
  void removed(storage::Connection& connection, UserId user) const override {
    delete_hand_overs_of(connection, user);
    delete_links_of(connection, user);
    delete_sign_ups_of(connection, user);
    delete_tries_of(connection, user);
    delete_identities_of(connection, user);
    if (const auto email = accounts::find_email(connection, user)) delete_email_links_to(connection, *email);
  }
};

}  // namespace

const accounts::Subscriber& subscriber() {
  static const WaysIn kSubscriber;
  return kSubscriber;
}

std::int64_t remove_expired(const expiry::Sweep& sweep) {
  // Of an invitation nobody knows from its end when it was written: its end is a moment like another.
  return expiry::remove_ended(sweep, kLinkLife, delete_links_ended_within) +
         expiry::remove_older(sweep, kEndedInvitationsKept, delete_invitations_ended_within) +
         expiry::remove_ended(sweep, kHandOverLife, delete_hand_overs_ended_within);
}

std::int64_t remove_what_strangers_left(const expiry::Sweep& sweep) {
  return expiry::remove_ended(sweep, kTryLife, delete_tries_ended_within) +
         expiry::remove_ended(sweep, kWalkArrivalLife, delete_walk_arrivals_ended_within) +
         expiry::remove_ended(sweep, kEmailLinkLife, delete_email_links_ended_within) +
         expiry::remove_ended(sweep, kSignUpLife, delete_sign_ups_ended_within);
}

}  // namespace dontgoback::core::sign_in
