// Another node asks for what walkers reported.
#include "reports_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using State = ports::ReportedNames::State;

namespace {

Answer ask(Reports& r, std::string_view path, std::string_view body, std::string_view token = "good") {
  return Browser(r.world.node.address())
      .send("POST", path, body,
            {{"Content-Type", "application/json"}, {"Authorization", "Bearer " + std::string(token)}});
}

}  // namespace

TEST_CASE("Only a service with the scope is told what walkers reported") {
  Reports r(storage::Dialect::sqlite);
  const auto* list = "/msa/walk/api/reports/list";
  const auto* body = R"({"state":"open","before":9007199254740991,"size":10})";
  CHECK(ask(r, list, body).status == 200);
  CHECK(ask(r, list, body, "other").status == 403);
  CHECK(ask(r, list, body, "bad").status == 401);
  CHECK(r.world.send(r.ann, "POST", list, body).status == 401);
  for (const auto* wrong : {"{}", R"({"state":"x","before":1,"size":1})", R"({"state":"open","before":1,"size":0})",
                            R"({"state":"open","before":1,"size":51})"}) {
    CHECK(ask(r, list, wrong).status == 400);
  }
  CHECK(ask(r, "/msa/walk/api/reports/decide", R"({"id":1,"decision":"HIDE","name":""})").status == 400);
  const auto refused = ask(r, "/msa/walk/api/reports/decide", R"({"id":1,"decision":"KEEP","name":""})");
  CHECK(refused.status == 200);
  CHECK(refused.at("/data/refused").as_string() == "NO_REPORT");
}

TEST_CASE("A node that cannot be asked is unavailable, and nothing else") {
  Reports r(storage::Dialect::sqlite);
  REQUIRE(r.report(r.ann, r.bob) == 201);
  const auto unavailable = [](const auto& port) {
    const auto listed = port->list(State::open, 1000, 10);
    const auto decided = port->decide(1, {});
    return !listed && listed.failure().kind == FailureKind::unavailable && !decided &&
           decided.failure().kind == FailureKind::unavailable;
  };
  CHECK(unavailable(r.remote("bad")));
  CHECK(unavailable(r.remote("other")));
  auto elsewhere = walk::reports::make_remote_reported_names(
      r.world.node.host().client, std::make_shared<SaidToken>("good"), r.world.node.url() + "/elsewhere");
  CHECK(unavailable(elsewhere));
  auto away = walk::reports::make_remote_reported_names(r.world.node.host().client, std::make_shared<SaidToken>("good"),
                                                        "http://127.0.0.1:9");
  CHECK(unavailable(away));
  CHECK(r.open_cases() == 1);
  CHECK(r.remote()->list(State::open, 1000, 10)->reports.size() == 1);
}
