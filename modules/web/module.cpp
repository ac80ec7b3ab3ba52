#include "module.hpp"

#include "routes.hpp"
#include "site.hpp"

namespace dontgoback::web {

void WebModule::start(Host& host) { add_routes(host.router, built_in_site()); }

}  // namespace dontgoback::web
