#pragma once

#include "dontgoback/http/router.hpp"
#include "dontgoback/module.hpp"
#include "dontgoback/ports/asset_source.hpp"

// How core's parts are put together by module.cpp. Each part adds its own routes, jobs and commands; `sessions` is the
// authenticator of signed-in accounts, made by the sessions part.
namespace dontgoback::core {

void add_account_routes(Host& host, const http::Authenticator& sessions);
/// `source` may be null: nobody can be asked for a day's changes.
void add_asset_routes(Host& host, const http::Authenticator& sessions, std::shared_ptr<ports::AssetSource> source);
/// The daily refresh.
std::vector<jobs::Job> asset_jobs(Host& host, const std::shared_ptr<ports::AssetSource>& source);
void add_feed_routes(Host& host, const http::Authenticator& sessions);

}  // namespace dontgoback::core
