#include "handlers.hpp"

#include <boost/describe.hpp>

#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "dontgoback/json/reader.hpp"
#include "dontgoback/mail/address.hpp"
#include "idempotency/idempotency.hpp"
#include "leave.hpp"
#include "leaving.hpp"
#include "pages/pages.hpp"
#include "words.hpp"

namespace dontgoback::core::leaving {
namespace {

constexpr Failure kNoAddress{FailureKind::conflict,
                             {"이메일 주소가 없는 계정입니다. 다시 로그인한 뒤 바로 진행해 주세요.",
                              "The account has no e-mail address. Sign in again, and leave right after it."}};
constexpr Failure kSignInAgain{
    FailureKind::forbidden,
    {"본인 확인을 위해 먼저 다시 로그인해 주세요.", "Sign in again first, to show that it is you."}};
constexpr Failure kNoKind{FailureKind::invalid,
                          {"`kind`는 CLOSE 또는 INACTIVE여야 합니다.", "`kind` is CLOSE or INACTIVE."}};
constexpr Failure kGuestStays{FailureKind::forbidden,
                              {"방문자는 계정을 비활성화할 수 없습니다.",
                               "A guest cannot deactivate the account: nobody could come back to it."}};
constexpr Message kOnItsWay{"메일을 보냈습니다. 받은 편지함을 확인해 주세요.", "A mail is on its way."};
constexpr Message kClosed{"탈퇴가 접수되었습니다.", "The account will be deleted."};
constexpr Message kDeactivated{"계정이 비활성화되었습니다.", "The account is inactive."};
constexpr Message kGuestGone{"방문자 계정이 삭제되었습니다.", "The guest account is gone."};

struct Wanted {
  std::string kind;
};
BOOST_DESCRIBE_STRUCT(Wanted, (), (kind))

http::Response back_to_sign_in(Wish wish, std::optional<time::Timestamp> since, const time::Zone& zone) {
  return http::redirect(sign_in_page(wish, since ? std::optional(last_day(*since, zone)) : std::nullopt));
}

http::Response done(const http::Request& request, const Message& message, std::optional<time::Day> until) {
  return http::envelope(request, 200, message, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("until", until);
    writer.end_object();
  });
}

/// With all it wrote, as it has nothing to come back with: slice by slice, for it may be much. From the first one on
/// nobody is signed in to it; what a kill leaves of it goes as of a guest whom nobody has seen for long.
void remove_guest(const Leaving& leaving, UserId guest) {
  const auto remove_slice = [&](storage::Connection& connection) {
    accounts::lock_account(connection, guest);
    if (!accounts::find_guest(connection, guest)) throw http::Error(accounts::kNoUser);  // merged, or gone, meanwhile
    return leaving.life_cycle.remove_slice(connection, guest, leaving.clock.now());
  };
  while (!leaving.database.write(remove_slice)) continue;
}

bool is_fresh(storage::Connection& connection, std::int64_t session, time::Timestamp now) {
  const auto at = sessions::signed_in_at(connection, session);
  return at && *at <= now && now - *at < kFreshSignIn;
}

}  // namespace

http::Response ask_for_mail(const Leaving& leaving, Wish wish, const http::Request& request) {
  if (auto refused = leaving.limit.refuse(request)) return std::move(*refused);
  const auto user = request.identity.user;
  return idempotency::once(
      leaving.database, leaving.clock, leaving.trust, request, "", [&](storage::Connection& connection) {
        const auto email = accounts::mail_address(connection, user);
        if (!email || !mail::is_address(*email)) throw http::Error(kNoAddress);
        const auto now = leaving.clock.now();
        const auto link =
            leaving.public_url + std::string(path_of(wish)) + "?token=" + make_link(connection, user, wish, now);
        const auto language = accounts::language_of(connection, user).value_or(request.language);
        mail::send(leaving.outbox, connection, mail_with_link(language, wish, *email, link, now + kLinkLife));
        return http::envelope(request, 200, kOnItsWay, [&](json::Writer& writer) {
          writer.begin_object();
          writer.field("expiresAt", now + kLinkLife);
          writer.end_object();
        });
      });
}

http::Response show_link(const Leaving& leaving, Wish wish, const http::Request& request) {
  const auto token = http::query_text(request, "token").value_or("");
  const auto now = leaving.clock.now();
  const auto standing = leaving.database.read(
      [&](storage::Connection& connection) { return look_at_link(connection, token, wish, now); });
  if (standing.effect == Effect::changes) {
    return pages::answer(page_of_link(request.language, wish, token, last_day(now, leaving.zone)));
  }
  const bool is_so = standing.effect == Effect::stays;
  return back_to_sign_in(wish, is_so ? std::optional(standing.since) : std::nullopt, leaving.zone)
      .header("Cache-Control", "no-store");
}

http::Response follow_link(const Leaving& leaving, Wish wish, const http::Request& request) {
  const auto token = http::form_text(request.body, "token").value_or("");
  const auto since = leaving.database.write([&](storage::Connection& connection) {
    return leave_by_link(connection, leaving.life_cycle, token, wish, leaving.clock.now());
  });
  auto response = back_to_sign_in(wish, since, leaving.zone);
  response.status = 303;
  return response;
}

http::Response leave_now(const Leaving& leaving, const http::Request& request) {
  const auto wish = read_wish(http::unwrap(json::read<Wanted>(request.body)).kind);
  if (!wish) throw http::Error(kNoKind);
  const auto user = request.identity.user;
  if (request.identity.role == http::Role::guest) {
    if (*wish == Wish::deactivate) throw http::Error(kGuestStays);
    remove_guest(leaving, user);
    return leaving.sessions.clear_cookies(done(request, kGuestGone, std::nullopt));
  }
  const auto since = leaving.database.write([&](storage::Connection& connection) {
    const auto now = leaving.clock.now();
    if (!is_fresh(connection, request.identity.session, now)) throw http::Error(kSignInAgain);
    const auto left = leave(connection, leaving.life_cycle, user, *wish, now);
    if (!left) throw http::Error(accounts::kNoUser);  // suspended, or gone, meanwhile
    return *left;
  });
  return leaving.sessions.clear_cookies(
      done(request, *wish == Wish::close ? kClosed : kDeactivated, last_day(since, leaving.zone)));
}

}  // namespace dontgoback::core::leaving
