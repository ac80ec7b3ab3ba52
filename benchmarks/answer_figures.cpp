// What counting and timing a request costs: `answer_figures [THREADS]`. Prints nanoseconds a request, and what a scrape
// of 200 routes is in bytes and microseconds.
#include "http/server/answer_figures.hpp"

#include <cstdlib>
#include <deque>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "http/server/route_table.hpp"
#include "telemetry/registry.hpp"

namespace http = dontgoback::http;
using Clock = std::chrono::steady_clock;

int main(int count, char** arguments) {
  constexpr int kRequests = 5'000'000;
  constexpr int kRoutes = 200;
  const int threads = count > 1 ? std::atoi(arguments[1]) : 1;
  dontgoback::telemetry::MetricsRegistry metrics;
  http::AnswerFigures figures(metrics);
  std::deque<std::string> paths;
  std::deque<http::RouteEntry> routes;
  for (int i = 0; i < kRoutes; ++i) {
    auto& route = routes.emplace_back();
    route.route.method = http::Method::get;
    route.route.path = paths.emplace_back("/api/v1/things/{thingId}/of/" + std::to_string(i));
    figures.count(&route, 200, std::chrono::microseconds(100));
    figures.count(&route, 404, std::chrono::microseconds(100));
  }

  const auto began = Clock::now();
  std::vector<std::thread> all;
  for (int t = 0; t < threads; ++t) {
    all.emplace_back([&] {
      auto before = Clock::now();
      for (int i = 0; i < kRequests; ++i) {
        const auto now = Clock::now();  // a request reads the clock for it once
        figures.count(&routes[0], 200, now - before);
        before = now;
      }
    });
  }
  for (auto& thread : all) thread.join();
  const std::chrono::duration<double, std::nano> took = Clock::now() - began;

  const auto asked = Clock::now();
  const auto bytes = metrics.text().size();
  const std::chrono::duration<double, std::micro> scrape = Clock::now() - asked;
  std::cout << threads << " threads, one route: " << took.count() / kRequests << " ns a request each\n"
            << kRoutes << " routes: " << bytes << " bytes, " << scrape.count() << " us a scrape\n";
}
