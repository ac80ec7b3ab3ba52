#include "sign_in/email/email_links.hpp"

#include <algorithm>
#include <vector>

#include "dontgoback/mail/message.hpp"
#include "dontgoback/security/crypto/equal_constant_time.hpp"
#include "sign_in/email/email_code.hpp"
#include "sign_in/email/email_link_store.hpp"
#include "sign_in/email/email_mail.hpp"

namespace dontgoback::core::sign_in {
namespace {

bool is_usable(const EmailLink& link, time::Timestamp now) {
  return !link.used_at || (now >= *link.used_at && now - *link.used_at <= kLostAnswer);
}

std::optional<EmailLink> usable_link(storage::Database& database, std::string_view token, time::Timestamp now) {
  if (!sessions::is_opaque_token(token)) return std::nullopt;
  auto link = database.read(
      [&](storage::Connection& connection) { return find_email_link(connection, sessions::stored_form(token), now); });
  if (!link || !is_usable(*link, now) || link->tries_left <= 0) return std::nullopt;
  return link;
}

/// Which of the browser's links has the code, and may be used by it. A try has been taken of each.
struct Found {
  std::optional<EmailLink> link;
  std::optional<int> tries_left;  ///< of the link that has the most of those that can be used; nothing: none can
};
Found find_by_code(const std::vector<EmailLink>& links, std::string_view code, time::Timestamp now) {
  Found found;
  for (const auto& link : links) {
    // Typed again after a lost answer the code is right, also when it was the last try.
    if (!is_usable(link, now) || (link.tries_left < 0 && !link.used_at)) continue;
    if (link.shown_at && security::equal_constant_time(link.code, code)) {
      found.link = link;
      break;
    }
    if (link.tries_left < 0) continue;
    found.tries_left = std::max(found.tries_left.value_or(0), link.tries_left);
  }
  return found;
}

Arrived arrive_by(storage::Connection& connection, const EmailLinks& links, const accounts::LifeCycle& life_cycle,
                  const EmailLink& link, const Visitor& visitor, time::Timestamp now) {
  mark_used(connection, link.hash, now);
  const Proven proven{accounts::find_by_email(connection, link.email), "email", {}, link.email};
  return arrive(connection, life_cycle, links.sign_up, proven, visitor, link.guest, now);
}

}  // namespace

time::Timestamp ask_for_email_link(const EmailLinks& links, const EmailLinkWish& wish, time::Timestamp now) {
  const auto token = sessions::new_opaque_token();
  const EmailLink link{.hash = sessions::stored_form(token),
                       .browser = sessions::stored_form(wish.browser),
                       .email = wish.email,
                       .guest = wish.guest,
                       .code = stored_code(email_code(token), wish.browser),
                       .tries_left = kCodeTries,
                       .shown_at = {},
                       .used_at = {},
                       .expires_at = now + kEmailLinkLife};
  const auto address = links.public_url + "/api/sign-in/email?token=" + token;
  auto with_link = link_mail(wish.language, wish.email, address);
  auto without = closed_mail(wish.language, wish.email);
  with_link.until = without.until = link.expires_at;

  links.database.write([&](storage::Connection& connection) {
    add_email_link(connection, link);
    const auto known = accounts::find_by_email(connection, wish.email);
    if (known && !accounts::mail_address(connection, *known)) return;  // it takes none
    mail::send(links.outbox, connection, known || links.sign_up != SignUp::closed ? with_link : without);
  });
  return link.expires_at;
}

std::optional<Opened> open_email_link(storage::Database& database, std::string_view token, std::string_view browser,
                                      time::Timestamp now) {
  const auto link = usable_link(database, token, now);
  if (!link) return std::nullopt;
  if (link->browser == sessions::stored_form(browser)) return Opened::where_it_was_asked_for;
  if (link->used_at) return std::nullopt;  // the browser that asked is signed in
  return Opened::elsewhere;
}

std::optional<std::string> show_email_code(storage::Database& database, std::string_view token, time::Timestamp now) {
  const auto link = usable_link(database, token, now);
  if (!link || link->used_at) return std::nullopt;
  if (!link->shown_at) {
    database.write([&](storage::Connection& connection) { mark_shown(connection, link->hash, now); });
  }
  return email_code(token);
}

std::optional<Arrived> use_email_link(const EmailLinks& links, const accounts::LifeCycle& life_cycle,
                                      std::string_view token, const Traveller& traveller, time::Timestamp now) {
  if (!sessions::is_opaque_token(token) || !sessions::is_opaque_token(traveller.browser)) return std::nullopt;
  const auto hash = sessions::stored_form(token);
  const auto browser = sessions::stored_form(traveller.browser);
  return links.database.write([&](storage::Connection& connection) -> std::optional<Arrived> {
    lock_email_link(connection, hash);
    const auto link = find_email_link(connection, hash, now);
    if (!link || link->browser != browser || !is_usable(*link, now) || link->tries_left <= 0) return std::nullopt;
    return arrive_by(connection, links, life_cycle, *link, traveller.visitor, now);
  });
}

CodeVerdict use_email_code(const EmailLinks& links, const accounts::LifeCycle& life_cycle, std::string_view code,
                           const Traveller& traveller, time::Timestamp now) {
  if (!sessions::is_opaque_token(traveller.browser)) return {{}, CodeProblem::over, 0};
  const auto browser = sessions::stored_form(traveller.browser);
  const auto stored = stored_code(typed_code(code), traveller.browser);
  return links.database.write([&](storage::Connection& connection) -> CodeVerdict {
    take_try(connection, browser, now);  // before anything is read: of many who try at once each takes one
    const auto found = find_by_code(email_links_of(connection, browser, now), stored, now);
    if (found.link) return {arrive_by(connection, links, life_cycle, *found.link, traveller.visitor, now), {}, 0};
    if (!found.tries_left) return {{}, CodeProblem::over, 0};
    return {{}, CodeProblem::wrong, *found.tries_left};
  });
}

}  // namespace dontgoback::core::sign_in
