#include "routes.hpp"

#include <string>
#include <utility>

#include "answer.hpp"

namespace dontgoback::web {
namespace {

// The page shows these by itself; what an id names is asked from the API.
constexpr std::string_view kScreens[] = {"/",        "/login",     "/settings",    "/terms",
                                         "/privacy", "/post/{id}", "/profile/{id}"};

constexpr std::string_view kRobots = "User-agent: *\nDisallow: /api/\nDisallow: /msa/\n";

}  // namespace

void add_routes(http::Router& router, const Site& site) {
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
    get(screen, [&shell, policy](const http::Request& request) { return answer(shell, policy, request); });
  }
  // A mistyped address. Only of one segment: what lies below /api and /msa is the other modules', also where it is not.
  get("/{nothing}", [&shell, policy](const http::Request& request) { return nothing_here(shell, policy, request); });

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
