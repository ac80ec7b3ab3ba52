#pragma once

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "recorder.hpp"

namespace dontgoback::walk::steps {

/// What the calls below /api/v1/steps need.
struct Desk {
  storage::Database& database;
  const time::Clock& clock;
  QueuedRecorder& recorder;
};

http::Response put_day(const Desk& desk, const http::Request& request);
http::Response post_updates(const Desk& desk, const http::Request& request);
http::Response list_days(const Desk& desk, const http::Request& request);
http::Response take_device_back(const Desk& desk, const http::Request& request);
http::Response why(const Desk& desk, const http::Request& request);
http::Response statistics(const Desk& desk, const http::Request& request);

/// The path's `{day}`. 400.
time::Day day_in_path(const http::Request& request);

}  // namespace dontgoback::walk::steps
