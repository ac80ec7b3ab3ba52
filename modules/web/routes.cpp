#include "routes.hpp"

#include <string>
#include <utility>

#include "answer.hpp"

namespace dontgoback::web {
namespace {

// The page shows these by itself; what an id names is asked from the API.
constexpr std::string_view kScreens[] = {"/",
                                         "/login",
                                         "/welcome",
                                         "/search",
                                         "/popular",
                                         "/notifications",
                                         "/acts",
                                         "/settings",
                                         "/settings/hiding",
                                         "/today",
                                         "/about",
                                         "/terms",
                                         "/privacy",
                                         "/post/{id}",
                                         "/profile/{id}",
                                         "/moderation",
                                         "/moderation/rules",
                                         "/moderation/audit",
                                         "/status",
                                         "/walk",
                                         "/walk/me",
                                         "/walk/day/{day}",
                                         "/walk/friends",
                                         "/walk/friends/add",
                                         "/walk/groups",
                                         "/walk/groups/{groupId}",
                                         "/walk/groups/join",
                                         "/walk/goal",
                                         "/walk/notifications",
                                         "/walk/settings",
                                         "/walk/import"};

// Where strangers may read, these say in their head what is behind them.
constexpr std::string_view kPost = "/post/{id}";
constexpr std::string_view kSearch = "/search";

// The same with a slash too many, and the one page that lies below /api.
constexpr std::string_view kSlashed[] = {"/login/",
                                         "/welcome/",
                                         "/search/",
                                         "/popular/",
                                         "/notifications/",
                                         "/acts/",
                                         "/settings/",
                                         "/settings/hiding/",
                                         "/today/",
                                         "/about/",
                                         "/terms/",
                                         "/privacy/",
                                         "/post/{id}/",
                                         "/profile/{id}/",
                                         "/moderation/",
                                         "/moderation/rules/",
                                         "/moderation/audit/",
                                         "/status/",
                                         "/walk/",
                                         "/walk/me/",
                                         "/walk/day/{day}/",
                                         "/walk/friends/",
                                         "/walk/friends/add/",
                                         "/walk/groups/",
                                         "/walk/groups/{groupId}/",
                                         "/walk/groups/join/",
                                         "/walk/goal/",
                                         "/walk/notifications/",
                                         "/walk/settings/",
                                         "/walk/import/",
                                         "/api/docs/"};

constexpr std::string_view kRobots = "User-agent: *\nDisallow: /api/\nDisallow: /msa/\n";

http::Response without_slash(const http::Request& request) {
  std::string location(request.path.substr(0, request.path.size() - 1));
  if (!request.query.empty()) location.append("?").append(request.query);
  auto response = http::redirect(std::move(location));
  response.status = 308;
  return response;
}

}  // namespace

void add_routes(http::Router& router, const Site& site, const SharedPages* pages) {
  const auto get = [&router](std::string_view path, http::Handler handler) {
    router.add(
        {http::Method::get, path, http::Access::anyone(), http::Lane::inline_, http::kNoBody, std::move(handler)});
  };
  const auto policy = site.policy;
  for (const File& file : site.files) {
    get(file.path, [&file, policy](const http::Request& request) { return answer(file, policy, request); });
  }
  const File& shell = site.shell();
  for (const auto screen : kScreens) {
    if (pages != nullptr && (screen == kPost || screen == kSearch)) continue;
    get(screen, [&shell, policy](const http::Request& request) { return answer(shell, policy, request); });
  }
  if (pages != nullptr) {
    // Counted as what they cost: one looks a post up.
    router.add({http::Method::get, kPost, http::Access::anyone().as(http::RouteClass::read), http::Lane::query,
                http::kNoBody, [pages](const http::Request& request) { return pages->post(request); }});
    get(kSearch, [pages](const http::Request& request) { return pages->search(request); });
  }
  for (const auto path : kSlashed) get(path, without_slash);
  // A mistyped address; never below /api and /msa, which are the other modules', also where they have nothing.
  get("/{*nothing}", [&shell, policy](const http::Request& request) { return nothing_here(shell, policy, request); });

  get("/robots.txt", [](const http::Request&) {
    return http::text(200, std::string(kRobots)).header("Cache-Control", "max-age=86400");
  });
  // Browsers ask for it by themselves; the page names its icons.
  get("/favicon.ico", [](const http::Request&) {
    http::Response nothing;
    nothing.status = 204;
    nothing.header("Cache-Control", "max-age=86400");
    return nothing;
  });
}

}  // namespace dontgoback::web
