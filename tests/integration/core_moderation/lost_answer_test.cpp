// An answer that is lost: asked again, the same is done once.
#include <array>

#include "moderation_talk.hpp"
#include "support/core/cut_node.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using Cut = MariadbProxy::Cut;

TEST_CASE("Reports, acts, decisions and objections whose answer was lost are made once") {
  const auto where = GENERATE(Cut::before_commit, Cut::after_commit);
  CutNode it;
  const auto author_id = it.node.create_user();
  auto author = it.node.signed_in(author_id);
  auto reader = it.node.signed_in(it.node.create_user());
  auto moderator = it.node.signed_in(it.node.create_user("MODERATOR"));
  const auto post = write_post(author);
  const auto twice = [&](Browser& browser, const std::string& path, const std::string& body) {
    it.proxy.cut(where);
    CHECK(browser.post(path, body).status == 503);
    const auto again = browser.post(path, body);
    INFO(path << ' ' << again.body);
    CHECK(again.status < 300);
    return again;
  };
  twice(reader, "/api/v1/reports", report_body("FEED", post));
  CHECK(it.rows("reports") == 1);
  CHECK(reports_for(moderator).number("/data/reports/0/memberCount") == 1);

  const auto decided = "/api/v1/admin/reports/" + first_report(moderator);
  twice(moderator, decided, R"({"decision":"HIDE","reason":"광고"})");
  CHECK(it.rows("audit_trail") == 1);
  CHECK(it.rows("moderation_acts") == 1);

  const auto act = std::to_string(author.get("/api/v1/moderation/acts").number("/data/acts/0/actId"));
  twice(author, "/api/v1/moderation/objections", R"({"actId":)" + act + R"(,"text":"아닙니다"})");
  CHECK(it.rows("report_cases WHERE is_open = 1") == 1);

  twice(moderator, "/api/v1/admin/feeds/" + post + "/restore", because());
  CHECK(it.rows("audit_trail") == 2);
  twice(moderator, "/api/v1/admin/users/" + std::to_string(author_id.value) + "/suspend", because());
  CHECK(it.rows("audit_trail") == 3);
  CHECK(it.rows("account_history WHERE status = 3") == 1);
}
