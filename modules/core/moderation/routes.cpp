#include <memory>

#include "handlers.hpp"
#include "moderation.hpp"

namespace dontgoback::core::moderation {
namespace {

// A text of text::kMostWritten code points, at worst each four before it is normalised and each of those escaped.
constexpr std::size_t kTextBody = 16 * 1024;
// kMaxWords of them.
constexpr std::size_t kRulesBody = 256 * 1024;

http::ActionLimit report_limit(Host& host) {
  using http::Whose;
  using std::chrono::hours;
  constexpr Message kTooMany{"신고가 너무 많습니다. 잠시 뒤에 다시 시도해 주세요.",
                             "Too many reports were made lately."};
  return {host.limiter,
          host.metrics,
          "report",
          kTooMany,
          {{Whose::account, {"report-account", 30, hours(1)}},
           {Whose::address, {"report-address", 120, hours(1)}},
           {Whose::total, {"report-total", 6000, hours(1)}},
           {Whose::site, {"report-site", 480, hours(1)}}}};
}

}  // namespace

void add_routes(Host& host, const http::Authenticator& sessions, const accounts::LifeCycle& life_cycle,
                const WalkReports& walk_reports) {
  using http::kNoBody;
  using http::Lane;
  using http::Method;
  using http::Role;
  using http::RouteClass;
  using Handle = http::Response (*)(const Moderation&, const http::Request&);

  const auto limit = std::make_shared<const http::ActionLimit>(report_limit(host));
  const Moderation moderation{host.database, host.clock, host.zone, host.limiter, life_cycle, *limit, walk_reports};
  const auto add = [&](Method method, std::string_view path, Role least, std::size_t body, Handle handle) {
    const bool reads = method == Method::get;
    host.router.add(
        {method, path, http::Access::account(sessions, least).as(reads ? RouteClass::read : RouteClass::write),
         reads ? Lane::query : Lane::command, body,
         [moderation, limit, handle](const http::Request& request) { return handle(moderation, request); }});
  };

  add(Method::post, "/api/v1/reports", Role::guest, kTextBody, make_report);
  add(Method::get, "/api/v1/moderation/acts", Role::guest, kNoBody, list_own_acts);
  add(Method::post, "/api/v1/moderation/objections", Role::guest, kTextBody, make_objection);

  add(Method::get, "/api/v1/admin/reports", Role::moderator, kNoBody, list_cases);
  add(Method::get, "/api/v1/admin/reports/{reportId}", Role::moderator, kNoBody, get_case);
  add(Method::post, "/api/v1/admin/reports/{reportId}", Role::moderator, kTextBody, decide_case);
  add(Method::post, "/api/v1/admin/feeds/{feedId}/hide", Role::moderator, kTextBody, hide_post);
  add(Method::post, "/api/v1/admin/feeds/{feedId}/restore", Role::moderator, kTextBody, restore_post);
  add(Method::post, "/api/v1/admin/comments/{commentId}/hide", Role::moderator, kTextBody, hide_comment);
  add(Method::post, "/api/v1/admin/comments/{commentId}/restore", Role::moderator, kTextBody, restore_comment);
  add(Method::post, "/api/v1/admin/feeds/{feedId}/revisions", Role::moderator, kNoBody, read_post_revisions);
  add(Method::post, "/api/v1/admin/comments/{commentId}/revisions", Role::moderator, kNoBody, read_comment_revisions);
  add(Method::post, "/api/v1/admin/feeds/{feedId}/stop", Role::moderator, kTextBody, stop_author_of_post);
  add(Method::post, "/api/v1/admin/comments/{commentId}/stop", Role::moderator, kTextBody, stop_author_of_comment);
  add(Method::post, "/api/v1/admin/users/{userId}/suspend", Role::moderator, kTextBody, suspend_user);
  add(Method::post, "/api/v1/admin/users/{userId}/lift", Role::moderator, kTextBody, lift_user);
  add(Method::get, "/api/v1/admin/walk/reports", Role::moderator, kNoBody, list_walk_reports);
  add(Method::post, "/api/v1/admin/walk/reports/{reportId}", Role::moderator, kTextBody, decide_walk_report);

  add(Method::post, "/api/v1/admin/feeds/{feedId}/author", Role::admin, kTextBody, look_behind_post);
  add(Method::post, "/api/v1/admin/comments/{commentId}/author", Role::admin, kTextBody, look_behind_comment);
  add(Method::get, "/api/v1/admin/rules", Role::admin, kNoBody, get_rules);
  add(Method::put, "/api/v1/admin/rules", Role::admin, kRulesBody, put_rules);
}

}  // namespace dontgoback::core::moderation
