// What FCM is given, and what is made of its answer.
#include "push/fcm_message.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback;
using namespace dontgoback::push;
using namespace std::chrono_literals;
using Kind = Answer::Kind;

namespace {

std::string error(std::string_view code) {
  return R"({"error":{"code":404,"message":"m","status":"NOT_FOUND","details":[{"@type":"type.googleapis.com/x"},)"
         R"({"@type":"type.googleapis.com/google.firebase.fcm.v1.FcmError","errorCode":")" +
         std::string(code) + R"("}]}})";
}

}  // namespace

TEST_CASE("FCM is given a message as its API describes it") {
  const time::Timestamp now(std::chrono::seconds(1'700'000'000));
  const push::Message message{.device = {"walk-pushes", 3, Channel::fcm},
                              .title = "친구 요청",
                              .body = "걷는이님이 친구 요청을 보냈습니다.",
                              .tag = "FRIEND_REQUEST",
                              .path = "/walk",
                              .until = now + 1h,
                              .data = {{"senderNickname", "걷는이"}}};
  CHECK(
      fcm_body("t:1", message, now) ==
      R"({"message":{"token":"t:1","notification":{"title":"친구 요청","body":"걷는이님이 친구 요청을 보냈습니다."},)"
      R"("data":{"senderNickname":"걷는이","path":"/walk"},)"
      R"("android":{"collapse_key":"FRIEND_REQUEST","priority":"HIGH","ttl":"3600s","notification":{"tag":"FRIEND_REQUEST"}},)"
      R"("apns":{"headers":{"apns-priority":"10","apns-expiration":"1700003600","apns-collapse-id":"FRIEND_REQUEST"}}}})");
  auto low = message;
  low.urgency = Urgency::low;
  low.until = now - 1h;
  const auto body = fcm_body("t", low, now);
  CHECK(body.find(R"("priority":"NORMAL","ttl":"0s")") != body.npos);
  CHECK(body.find(R"("apns-priority":"5","apns-expiration":"1700000000")") != body.npos);
}

TEST_CASE("Only FCM's word that a token is unregistered ends the token") {
  struct Row {
    int status;
    std::string body;
    Kind kind;
    bool of_this_device = false;
  };
  for (const auto& row : std::initializer_list<Row>{{200, R"({"name":"projects/p/messages/1"})", Kind::done},
                                                    {404, error("UNREGISTERED"), Kind::gone},
                                                    {404, R"({"error":{"status":"NOT_FOUND"}})", Kind::misconfigured},
                                                    {404, "<html>", Kind::misconfigured},
                                                    {400, error("UNREGISTERED"), Kind::malformed},
                                                    {400, error("INVALID_ARGUMENT"), Kind::malformed},
                                                    {403, error("SENDER_ID_MISMATCH"), Kind::misconfigured, true},
                                                    {401, error("THIRD_PARTY_AUTH_ERROR"), Kind::misconfigured, true},
                                                    {401, "", Kind::misconfigured},
                                                    {403, "{}", Kind::misconfigured},
                                                    {301, "", Kind::misconfigured},
                                                    {429, error("QUOTA_EXCEEDED"), Kind::later},
                                                    {500, error("INTERNAL"), Kind::later},
                                                    {503, error("UNAVAILABLE"), Kind::later},
                                                    {418, "", Kind::malformed}}) {
    INFO(row.status << " " << row.body);
    const auto answer = judge_fcm(row.status, "", row.body);
    CHECK(answer.kind == row.kind);
    CHECK(answer.of_this_device == row.of_this_device);
    CHECK(answer.what.find(std::to_string(row.status)) != std::string::npos);
  }
  // What an operator reads is not written by whoever answers.
  CHECK(judge_fcm(400, "", error("two\\nlines")).what == "it answers 400");
}

TEST_CASE("FCM is left alone for as long as it says, and a minute where a quota is used up") {
  CHECK(judge_fcm(429, "", "").pause == 60s);
  CHECK(judge_fcm(429, "7", "").pause == 7s);
  CHECK(judge_fcm(503, "120", "").pause == 120s);
  CHECK(judge_fcm(503, "", "").pause == 0s);
  CHECK(judge_fcm(503, "999999", "").pause == 3600s);
}
