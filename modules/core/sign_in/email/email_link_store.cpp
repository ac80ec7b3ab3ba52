#include "sign_in/email/email_link_store.hpp"

#include "expiry/expiry.hpp"
#include "sign_in/email/email_links.hpp"

namespace dontgoback::core::sign_in {
namespace {

/// The link may have been asked for on another machine. One that ends later was made by a clock that ran ahead.
constexpr std::chrono::minutes kClocksDiffer{1};

constexpr std::string_view kColumns =
    "hash, browser_hash, email, guest_id, code_hash, tries_left, shown_at, used_at, expires_at";

const expiry::Slices kEnded("email-links/purge", "email-links/purge-bound", "email_links", "expires_at",
                            "email_links_by_expiry");
const storage::Planned kOfBrowser("email-links/of-browser",
                                  "SELECT " + std::string(kColumns) +
                                      " FROM email_links {email_links_by_browser} WHERE browser_hash = :browser AND "
                                      "expires_at > :now AND expires_at <= :latest ORDER BY expires_at DESC LIMIT 100");
const storage::Planned kTakeTry("email-links/take-try",
                                "UPDATE email_links {email_links_by_browser} SET tries_left = tries_left - 1 WHERE "
                                "browser_hash = :browser AND expires_at > :now AND tries_left >= 0");
const storage::Planned kDeleteTo("email-links/delete-all-to",
                                 "DELETE FROM email_links {email_links_by_email} WHERE email = :email");

using Moment = std::optional<time::Timestamp>;

EmailLink link_of(std::string_view hash, std::string_view browser, std::string_view email, std::optional<UserId> guest,
                  std::string_view code, int tries_left, const Moment& shown_at, const Moment& used_at,
                  time::Timestamp expires_at) {
  return {std::string(hash), std::string(browser), std::string(email), guest,
          std::string(code), tries_left,           shown_at,           used_at,
          expires_at};
}

}  // namespace

void add_email_link(storage::Connection& connection, const EmailLink& link) {
  connection.execute(
      "INSERT INTO email_links (hash, browser_hash, email, guest_id, code_hash, tries_left, expires_at) "
      "VALUES (:hash, :browser, :email, :guest, :code, :tries_left, :expires_at)",
      link.hash, link.browser, link.email, link.guest, link.code, link.tries_left, link.expires_at);
}

std::optional<EmailLink> find_email_link(storage::Connection& connection, std::string_view token, time::Timestamp now) {
  static const std::string kSql =
      "SELECT " + std::string(kColumns) +
      " FROM email_links WHERE hash = :hash AND expires_at > :now AND expires_at <= :latest";
  std::optional<EmailLink> found;
  connection.each(
      kSql, storage::args(token, now, now + kEmailLinkLife + kClocksDiffer),
      [&](std::string_view hash, std::string_view browser, std::string_view email, std::optional<UserId> guest,
          std::string_view code, int tries_left, Moment shown_at, Moment used_at, time::Timestamp ends) {
        found = link_of(hash, browser, email, guest, code, tries_left, shown_at, used_at, ends);
      });
  return found;
}

std::vector<EmailLink> email_links_of(storage::Connection& connection, std::string_view browser, time::Timestamp now) {
  std::vector<EmailLink> links;
  const auto latest = now + kEmailLinkLife + kClocksDiffer;
  connection.each(
      kOfBrowser.on(connection), storage::args(browser, now, latest),
      [&](std::string_view hash, std::string_view asked, std::string_view email, std::optional<UserId> guest,
          std::string_view code, int tries_left, Moment shown_at, Moment used_at, time::Timestamp ends) {
        links.push_back(link_of(hash, asked, email, guest, code, tries_left, shown_at, used_at, ends));
      });
  return links;
}

void lock_email_link(storage::Connection& connection, std::string_view token) {
  connection.execute("UPDATE email_links SET expires_at = expires_at WHERE hash = :hash", token);
}

void mark_shown(storage::Connection& connection, std::string_view token, time::Timestamp now) {
  connection.execute("UPDATE email_links SET shown_at = :now WHERE hash = :hash AND shown_at IS NULL", now, token);
}

void mark_used(storage::Connection& connection, std::string_view token, time::Timestamp now) {
  connection.execute("UPDATE email_links SET used_at = :now WHERE hash = :hash AND used_at IS NULL", now, token);
}

void take_try(storage::Connection& connection, std::string_view browser, time::Timestamp now) {
  connection.execute(kTakeTry.on(connection), browser, now);
}

void delete_email_links_to(storage::Connection& connection, std::string_view email) {
  connection.execute(kDeleteTo.on(connection), email);
}

std::int64_t delete_email_links_ended_within(storage::Connection& connection, const time::Span& span, int limit) {
  return expiry::remove_slice(connection, kEnded, span, limit);
}

}  // namespace dontgoback::core::sign_in
