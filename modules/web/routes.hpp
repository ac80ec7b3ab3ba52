#pragma once

#include "dontgoback/http/router.hpp"
#include "shared_pages.hpp"
#include "site.hpp"

namespace dontgoback::web {

/// Adds the site's files, the addresses of the page's screens and what browsers ask for by themselves. `pages`:
/// null where nobody reads without an account. Both outlive the router.
void add_routes(http::Router& router, const Site& site, const SharedPages* pages = nullptr);

}  // namespace dontgoback::web
