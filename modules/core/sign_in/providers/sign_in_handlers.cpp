#include <algorithm>
#include <array>

#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "sign_in/providers/paths.hpp"
#include "sign_in/providers/revoker.hpp"
#include "sign_in/providers/walk_arrivals.hpp"
#include "sign_in/providers/way.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr std::size_t kLongestKeptCode = 1024;  // the column's
constexpr std::array<std::string_view, 3> kPrompts{"select_account", "login", "consent"};
constexpr std::string_view kWalk = "/walk";
constexpr Failure kBadMark{FailureKind::invalid,
                           {"walk 값이 올바르지 않습니다.", "walk is 43 characters of base64url."}};
constexpr Failure kBadPrompt{FailureKind::invalid,
                             {"prompt 값이 올바르지 않습니다.", "prompt is select_account, login or consent."}};

/// The state that came back and the browser's cookie; nothing unless both can be good.
std::optional<Hop> hop_of(const HopCookie& cookie, const http::Request& request,
                          const std::optional<std::string>& state) {
  auto browser = cookie.find(request);
  if (!browser || !state || !sessions::is_opaque_token(*state)) return std::nullopt;
  return Hop{*std::move(browser), *state};
}

/// The browser goes on by a GET.
http::Response see_other(http::Response redirect) {
  redirect.status = 303;
  return redirect;
}

/// Takes the try, so that it is good for nothing more; nothing when it was not.
std::optional<Try> take_try(const ProviderSignIn& sign_in, const Hop& hop, std::string_view provider,
                            const http::Identity& who) {
  const auto now = sign_in.base.clock.now();
  return sign_in.base.database.write([&](storage::Connection& connection) -> std::optional<Try> {
    auto found = find_try(connection, hop, provider, now);
    // Who wanted another way in is to be here still, and nobody else in the same browser.
    if (found && found->link_to && !(who.is_account() && who.user == *found->link_to)) return std::nullopt;
    if (!found || !use_try(connection, hop, now)) return std::nullopt;
    return found;
  });
}

/// A page that is loaded again after all went well is no failure.
http::Response come_again(const ProviderSignIn& sign_in, const Hop& hop, std::string_view provider,
                          const http::Identity& who) {
  const auto outcome = sign_in.base.database.read([&](storage::Connection& connection) {
    return find_outcome(connection, hop, provider, sign_in.base.clock.now());
  });
  const bool lost = outcome == "/" && !(who.is_account() && who.role != http::Role::guest);
  return outcome && !lost ? http::redirect(*outcome) : to_login(status::kExpired);
}

http::Response link_to_member(const ProviderSignIn& sign_in, UserId member, const Hop& hop, const ProvenPerson& proven,
                              std::string_view provider) {
  const auto now = sign_in.base.clock.now();
  const auto token = sealed_token(sign_in.base.sessions, proven);
  const auto linking = sign_in.base.database.write([&](storage::Connection& connection) -> std::optional<Linking> {
    accounts::lock_account(connection, member);
    if (!accounts::find_standing(connection, member)) return std::nullopt;
    const auto done = link_identity(connection, member, proven.person, provider, token, now);
    if (done != Linking::elsewhere) set_outcome(connection, hop, login_path(status::kLinked));
    return done;
  });
  if (!linking) return to_login(status::kExpired);
  return to_login(*linking == Linking::elsewhere ? status::kLinkedElsewhere : status::kLinked);
}

http::Response sign_in_person(const ProviderSignIn& sign_in, const Hop& hop, const ProvenPerson& proven,
                              std::string_view provider, const Visitor& visitor, std::optional<UserId> guest) {
  const auto& base = sign_in.base;
  const auto now = base.clock.now();
  const auto token = sealed_token(base.sessions, proven);
  const auto arrived = base.database.write([&](storage::Connection& connection) {
    const auto holder = holder_of(connection, proven.person);
    const Proven way{holder, std::string(provider), proven.person, proven.email, token};
    auto ends = arrive(connection, base.life_cycle, base.sign_up, way, visitor, guest, now);
    if (ends.signed_in) keep_token(connection, proven.person, token);
    if (ends.signed_in || ends.sign_up) set_outcome(connection, hop, ends.location);
    return ends;
  });
  return put_arrival(base, http::redirect(arrived.location), arrived);
}

/// Nobody's session begins or ends: the page takes what it is given to walk. Behind the `#`, which no server's log has;
/// with the mark, so that the page takes nobody else's.
http::Response go_to_walk(const ProviderSignIn& sign_in, const Hop& hop, const ProvenPerson& proven,
                          const std::string& mark) {
  const auto now = sign_in.base.clock.now();
  const auto ticket = sessions::new_opaque_token();
  sign_in.base.database.write([&](storage::Connection& connection) {
    add_walk_arrival(connection, sessions::stored_form(ticket), proven.person, now);
    set_outcome(connection, hop, kWalk);
  });
  auto response = http::redirect("/walk/sign-in#" + ticket + '.' + mark);
  response.header("Cache-Control", "no-store");
  return response;
}

}  // namespace

http::Response begin_sign_in(const ProviderSignIn& sign_in, const http::Request& request) {
  const auto& provider = provider_of(sign_in, request.path_parameter("providerId"));
  const auto prompt = http::query_text(request, "prompt").value_or("");
  if (!prompt.empty() && std::ranges::find(kPrompts, prompt) == kPrompts.end()) throw http::Error(kBadPrompt);
  const auto posts = http::query_text(request, "keepPosts") == "true" ? Posts::keep : Posts::leave;
  const auto mark = http::query_text(request, "walk");
  if (mark && !sessions::is_opaque_token(*mark)) throw http::Error(kBadMark);
  if (request.method == http::Method::head) return to_login(status::kExpired);

  const Try made{.provider = {}, .guest = mark ? std::nullopt : guest_of(request.identity, posts), .walk_mark = mark};
  const auto way = set_out(sign_in, provider, request, made, prompt);
  if (!way) return to_page_of(made, status::kAway);
  auto response = http::redirect(way->location);
  cookie_of(sign_in, provider).set(response, way->cookie);
  return response;
}

http::Response take_form(const ProviderSignIn& sign_in, const http::Request& request) {
  const auto& provider = provider_of(sign_in, request.path_parameter("providerId"));
  const auto& settings = provider.settings();
  const auto state = http::form_text(request.body, "state");
  const auto hop = hop_of(cookie_of(sign_in, provider), request, state);
  if (!settings.form_post || !hop) return see_other(to_login(status::kExpired));
  const CallbackAnswer answer{http::form_text(request.body, "code"), http::form_text(request.body, "error"),
                              http::form_text(request.body, "iss")};
  auto verdict = judge(answer, settings);
  if (!verdict && answer.code->size() > kLongestKeptCode) verdict = status::kRefused;
  const auto now = sign_in.base.clock.now();
  const auto taken = sign_in.base.database.write([&](storage::Connection& connection) -> std::optional<Try> {
    auto found = find_try(connection, *hop, settings.id, now);
    // Sent again after all went well, it goes on to where that led.
    if (!found) return find_outcome(connection, *hop, settings.id, now) ? std::optional(Try{}) : std::nullopt;
    const bool done = verdict ? use_try(connection, *hop, now) : keep_code(connection, *hop, *answer.code);
    return done ? found : std::nullopt;
  });
  if (!taken) return see_other(to_login(status::kExpired));
  if (verdict) return see_other(to_page_of(*taken, *verdict));
  return see_other(http::redirect(callback_path(settings.id) + "?state=" + *state));
}

http::Response come_back(const ProviderSignIn& sign_in, const http::Request& request) {
  const auto& provider = provider_of(sign_in, request.path_parameter("providerId"));
  const auto& settings = provider.settings();
  CallbackAnswer answer{http::query_text(request, "code"), http::query_text(request, "error"),
                        http::query_text(request, "iss")};
  const auto hop = hop_of(cookie_of(sign_in, provider), request, http::query_text(request, "state"));
  if (!hop || request.method == http::Method::head) return to_login(status::kExpired);
  const auto taken = take_try(sign_in, *hop, settings.id, request.identity);
  if (!taken) return come_again(sign_in, *hop, settings.id, request.identity);
  if (settings.form_post) answer.code = taken->code;  // that of an address could be anybody's
  if (const auto verdict = judge(answer, settings)) return to_page_of(*taken, *verdict);

  const auto proven = provider.prove(*hop, *answer.code);
  if (const auto* why = std::get_if<std::string_view>(&proven)) return to_page_of(*taken, *why);
  const auto& person = std::get<ProvenPerson>(proven);
  if (taken->walk_mark) return go_to_walk(sign_in, *hop, person, *taken->walk_mark);
  if (taken->link_to) return link_to_member(sign_in, *taken->link_to, *hop, person, settings.id);
  return sign_in_person(sign_in, *hop, person, settings.id, visitor_of(sign_in.base.sessions, request), taken->guest);
}

}  // namespace dontgoback::core::sign_in
