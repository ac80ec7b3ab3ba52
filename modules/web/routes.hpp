#pragma once

#include "dontgoback/http/router.hpp"
#include "site.hpp"

namespace dontgoback::web {

/// Adds the site's files, the addresses of the page's screens and what browsers ask for by themselves. The site
/// outlives the router.
void add_routes(http::Router& router, const Site& site);

}  // namespace dontgoback::web
