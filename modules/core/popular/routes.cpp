#include <string>

#include "expiry/expiry.hpp"
#include "handlers.hpp"
#include "popular.hpp"
#include "store.hpp"

namespace dontgoback::core::popular {

void add_routes(Host& host, const http::Authenticator& sessions, const feed::Readers& readers) {
  using http::Access, http::Lane, http::Method, http::RouteClass;
  host.router.add({Method::get, "/api/v1/feeds/popular", Access::account(sessions).as(RouteClass::read), Lane::query,
                   http::kNoBody, [&host, &readers](const http::Request& request) {
                     return list_popular(host.database, host.clock, readers, request);
                   }});
}

std::vector<jobs::Job> own_jobs(Host& host) {
  return {{.name = "popular-sweep",
           .schedule = {.daily_at = {}, .every = std::chrono::minutes(15)},
           .once_for_all_nodes = true,
           .work =
               [&host](const jobs::Run& run) {
                 const expiry::Sweep sweep{host.database, host.trust, run};
                 return "removed " + std::to_string(expiry::remove_older(sweep, kDay, remove_slice)) +
                        " posts of yesterday";
               },
           .needs_confirmed_clock = true}};
}

}  // namespace dontgoback::core::popular
