#include "core/sign_in/providers.hpp"
#include "support/core/world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

TEST_CASE("Anyone may ask whom they may sign in with; nobody is named who is not there") {
  World world(ON_EACH_DATABASE());
  auto stranger = world.node.browser();
  const auto answer = stranger.get("/api/v1/sign-in-providers");
  CHECK(answer.status == 200);
  CHECK(answer.at("/resultCode") == "S-200");
  CHECK_THAT(answer.body, Catch::EndsWith(R"("data":{"providers":[],"email":true,"guests":true,"signUp":"OPEN"}})"));
  CHECK(answer.field("cache-control") == "no-store");
  CHECK(stranger.post("/api/v1/sign-in-providers").status == 405);
}

TEST_CASE("Providers are told in the order they are given") {
  http::RouteTable routes;
  core::sign_in::ProviderSettings google, kakao;
  google.id = "google";
  google.name = "Google";
  kakao.id = "kakao";
  kakao.name = "카카오";
  core::sign_in::add_providers_route(routes, {.guests_per_hour = 1, .providers = {google, kakao}});
  http::RouteTable management;
  telemetry::MetricsRegistry metrics;
  http::ServerSettings settings;
  settings.listen = {"127.0.0.1:0"};
  settings.management_listen = "127.0.0.1:0";
  settings.request_log = false;
  http::Server server(settings, routes, management, metrics);
  server.run();
  Browser stranger(server.addresses().front());
  CHECK_THAT(
      stranger.get("/api/v1/sign-in-providers").body,
      Catch::EndsWith(
          R"("data":{"providers":[{"id":"google","name":"Google"},{"id":"kakao","name":"카카오"}],"email":true,"guests":true,"signUp":"OPEN"}})"));
}
