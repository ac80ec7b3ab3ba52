#pragma once

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"
#include "feed/feed.hpp"

namespace dontgoback::core::popular {

http::Response list_popular(storage::Database& database, const time::Clock& clock, const feed::Readers& readers,
                            const http::Request& request);

}  // namespace dontgoback::core::popular
