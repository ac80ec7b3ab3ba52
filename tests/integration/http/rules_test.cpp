// Who may call what: the pipeline over a real socket.
#include <catch2/catch.hpp>

#include "ruled.hpp"

using namespace dontgoback;
using namespace dontgoback::http;
using namespace dontgoback::http::testing;

TEST_CASE("Who is nobody, or not enough, is told so") {
  const Ruled server;
  struct Row {
    std::string method, path, word;
    int status;
  };
  const auto row = GENERATE(values<Row>({
      {"GET", "/api/open", "", 200},
      {"GET", "/api/mine", "", 401},
      {"GET", "/api/mine", "guest", 200},
      {"GET", "/api/mine", "away", 503},
      {"GET", "/api/mine", "throws", 503},
      {"GET", "/api/members", "guest", 403},
      {"GET", "/api/members", "user", 200},
      {"GET", "/api/members", "admin", 200},
      {"GET", "/api/if-any", "", 200},
      {"GET", "/api/if-any", "away", 503},
      {"GET", "/api/if-any", "challenged", 200},
      {"POST", "/msa/ext/api/update", "", 401},
      {"POST", "/msa/ext/api/update", "service", 200},
      {"POST", "/msa/ext/api/update", "user", 403},
      {"POST", "/msa/ext/api/other", "service", 403},
      {"POST", "/msa/ext/api/other", "all", 200},
      {"POST", "/msa/core/api/job", "service", 200},
      {"POST", "/msa/core/api/job", "", 401},
  }));
  INFO(row.method << " " << row.path << " as " << row.word);
  const auto reply = server.ask(row.method, row.path, row.word.empty() ? "" : "Authorization: " + row.word + "\r\n");
  CHECK(reply.status == row.status);
  if (row.status != 200) {
    CHECK(reply.body.find("\"F-" + std::to_string(row.status) + "\"") != std::string::npos);
  }
  CHECK(reply.header("www-authenticate").starts_with("Bearer") ==
        (row.path.starts_with("/msa") && (row.status == 401 || row.status == 403)));
  CHECK(reply.header("retry-after").empty() == (row.status != 503));
}

TEST_CASE("Services are told what they lack, by the scheme they used") {
  const Ruled server;
  const auto challenge = [&](std::string_view path, std::string_view word) {
    return server.ask("POST", path, "Authorization: " + std::string(word) + "\r\n").header("www-authenticate");
  };
  CHECK(server.ask("POST", "/msa/ext/api/update").header("www-authenticate") == "Bearer");
  CHECK(challenge("/msa/ext/api/update", "challenged") == "Bearer error=\"x\"");
  CHECK(challenge("/msa/ext/api/other", "service") == R"(Bearer error="insufficient_scope", scope="other")");
  CHECK(challenge("/msa/ext/api/other", "dpop service") == R"(DPoP error="insufficient_scope", scope="other")");
}

TEST_CASE("An optional sign-in is known to the handler") {
  const Ruled server;
  CHECK(server.ask("GET", "/api/if-any", "Authorization: user\r\n").body == "account");
  CHECK(server.ask("GET", "/api/if-any").body == "somebody");
}

TEST_CASE("Failures of handlers become envelopes, causes stay inside") {
  const Ruled server;
  const auto conflict = server.ask("GET", "/api/fails/conflict");
  CHECK(conflict.status == 409);
  CHECK(conflict.body == R"({"resultCode":"F-409","message":"이미 있습니다.","data":null})");
  CHECK(server.ask("GET", "/api/fails/conflict", "Accept-Language: en\r\n").body ==
        R"({"resultCode":"F-409","message":"It is there already.","data":null})");
  CHECK(server.ask("GET", "/api/fails/rate").status == 429);
  const auto away = server.ask("GET", "/api/fails/away");
  CHECK(away.status == 503);
  CHECK(away.header("retry-after") == "3");
  CHECK(away.body.find("secret") == std::string::npos);
  for (const auto* how : {"broken", "strange", "split", "status"}) {
    const auto reply = server.ask("GET", std::string("/api/fails/") + how);
    INFO(how);
    CHECK(reply.status == 500);
    CHECK(reply.body.find("F-500") != std::string::npos);
    CHECK(reply.body.find("secret") == std::string::npos);
    CHECK(reply.header("x-request-id").size() == 16);
    CHECK(reply.header("set-cookie").empty());
  }
}

TEST_CASE("Another site's page cannot act") {
  const Ruled server;
  const std::string theirs = "Origin: https://evil.example\r\n";
  const std::string ours = "Origin: https://web.example\r\n";
  CHECK(server.ask("POST", "/api/open").status == 200);
  CHECK(server.ask("POST", "/api/open", ours).status == 200);
  CHECK(server.ask("POST", "/api/open", theirs).status == 403);
  CHECK(server.ask("POST", "/api/open", "Sec-Fetch-Site: cross-site\r\n").status == 403);
  CHECK(server.ask("POST", "/api/open", "Sec-Fetch-Site: same-origin\r\n").status == 200);
  CHECK(server.ask("GET", "/api/open", theirs).status == 200);
  CHECK(server.ask("PUT", "/page", theirs).status == 200);  // not of the user API, nothing there goes by cookies
  CHECK(server.ask("GET", "/api/toggle", theirs).status == 403);
  CHECK(server.ask("GET", "/api/toggle", "Referer: https://evil.example/\r\n").status == 403);
  CHECK(server.ask("GET", "/api/toggle", "Referer: https://web.example/feed\r\n").status == 200);
}

TEST_CASE("A toggle acts only when somebody means it") {
  const Ruled server;
  const auto done = server.ask("GET", "/api/toggle");
  CHECK(done.status == 200);
  CHECK(done.header("cache-control") == "no-store");
  for (const auto* how :
       {"Sec-Purpose: prefetch\r\n", "Purpose: prefetch\r\n", "Sec-Purpose: prefetch;prerender\r\n"}) {
    const auto reply = server.ask("GET", "/api/toggle", how);
    CHECK(reply.status == 405);
    CHECK(reply.header("allow") == "GET, OPTIONS");
    CHECK(reply.header("cache-control") == "no-store");
  }
  CHECK(server.ask("HEAD", "/api/toggle").status == 405);
}

TEST_CASE("CORS: allowed origins and nobody else") {
  const Ruled server;
  const auto preflight =
      server.ask("OPTIONS", "/api/open", "Origin: https://web.example\r\nAccess-Control-Request-Method: POST\r\n");
  CHECK(preflight.status == 204);
  CHECK(preflight.header("access-control-allow-origin") == "https://web.example");
  CHECK(preflight.header("access-control-allow-credentials") == "true");
  CHECK(preflight.header("access-control-allow-methods") == "GET, POST, PATCH, DELETE, PUT, OPTIONS");
  CHECK(preflight.header("access-control-allow-headers") == "As-Account, Content-Type, Idempotency-Key, If-None-Match");
  CHECK(preflight.header("access-control-max-age") == "600");
  CHECK(preflight.header("vary") == "Origin");

  const auto stranger =
      server.ask("OPTIONS", "/api/open", "Origin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n");
  CHECK(stranger.status == 204);
  CHECK(stranger.header("access-control-allow-origin").empty());
  CHECK(stranger.header("access-control-allow-methods").empty());

  CHECK(server.ask("GET", "/api/mine", "Origin: https://web.example\r\n").header("access-control-allow-origin") ==
        "https://web.example");
  CHECK(
      server.ask("GET", "/api/open", "Origin: https://evil.example\r\n").header("access-control-allow-origin").empty());
  CHECK(server.ask("PUT", "/page", "Origin: https://web.example\r\n").header("access-control-allow-origin").empty());
}

TEST_CASE("Internal routes: an address on the list, and no stranger's forwarding header") {
  const Ruled server;
  const std::string token = "Authorization: service\r\n";
  CHECK(server.ask("POST", "/msa/core/api/job", token).status == 200);
  for (const auto* header : {"X-Forwarded-For: 127.0.0.1\r\n", "X-Forwarded-For:\r\n", "Forwarded: for=127.0.0.1\r\n",
                             "X-Real-IP: 127.0.0.1\r\n", "Via: 1.1 proxy\r\n", "X-Forwarded-Host: a.example\r\n",
                             "X-Forwarded-Proto: https\r\n", "CF-Connecting-IP: 127.0.0.1\r\n"}) {
    CHECK(server.ask("POST", "/msa/core/api/job", token + header).status == 403);
    CHECK(server.ask("POST", "/msa/ext/api/update", token + header).status == 200);
  }
}

TEST_CASE("Behind a trusted proxy the client counts") {
  TestServer server;
  server.settings.trusted_proxies = {"127.0.0.1"};
  server.settings.internal_networks = {"192.0.2.0/24"};
  server.add(Method::get, "/who", Lane::inline_, kNoBody, [](const Request& request) {
    return text(200, std::string(request.client_address) + " " + std::string(request.peer_address));
  });
  auto internal = Access::anyone();
  internal.internal = true;
  server.routes.add(
      {Method::get, "/internal", internal, Lane::inline_, kNoBody, [](const Request&) { return text(200, ""); }});
  server.start();
  CHECK(server.get("/who").body == "127.0.0.1 127.0.0.1");
  CHECK(server.get("/who", "X-Forwarded-For: 6.6.6.6, 198.51.100.1\r\n").body == "198.51.100.1 127.0.0.1");
  CHECK(server.get("/who", "X-Forwarded-For: ?\r\n").status == 400);
  CHECK(server.get("/internal", "X-Forwarded-For: 192.0.2.9\r\n").status == 200);
  CHECK(server.get("/internal", "X-Forwarded-For: 192.0.2.9, 198.51.100.1\r\n").status == 403);
  // The proxy itself is where internal calls may come from, whoever asks behind it.
  TestServer behind;
  behind.settings.trusted_proxies = {"127.0.0.1"};
  behind.routes.add(
      {Method::get, "/internal", internal, Lane::inline_, kNoBody, [](const Request&) { return text(200, ""); }});
  behind.start();
  for (const auto* fields : {"", "X-Forwarded-For:\r\n", "X-Forwarded-For: ,\r\n", "Forwarded: for=127.0.0.1\r\n",
                             "X-Real-IP: 127.0.0.1\r\n", "X-Forwarded-For: 198.51.100.1\r\nX-Real-IP: 127.0.0.1\r\n",
                             "X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-For: 198.51.100.1\r\n"}) {
    INFO(fields);
    CHECK(behind.get("/internal", fields).status == 403);
  }
  CHECK(behind.get("/internal", "X-Forwarded-For: 127.0.0.2\r\n").status == 200);
  CHECK(behind.get("/internal", "X-Forwarded-For: 127.0.0.1\r\n").status == 200);
  // The next request of the connection starts anew.
  auto peer = server.peer();
  CHECK(peer.ask(TestServer::request("GET", "/who", "X-Forwarded-For: 198.51.100.1\r\n")).body ==
        "198.51.100.1 127.0.0.1");
  CHECK(peer.ask(TestServer::request("GET", "/who")).body == "127.0.0.1 127.0.0.1");
}

TEST_CASE("An origin that one request came from allows nothing to the next one on its connection") {
  const Ruled server;
  auto peer = server.peer();
  const std::string origin = "Origin: https://web.example\r\n";
  const std::string preflight = "Access-Control-Request-Method: PUT\r\n";
  CHECK_FALSE(peer.ask(TestServer::request("GET", "/api/open", origin)).header("access-control-allow-origin").empty());
  const auto page = peer.ask(TestServer::request("OPTIONS", "/page", preflight));
  CHECK(page.status == 204);
  CHECK(page.header("access-control-allow-methods").empty());
  CHECK_FALSE(peer.ask(TestServer::request("GET", "/api/open", origin)).header("access-control-allow-origin").empty());
  CHECK(peer.ask(TestServer::request("GET", "/api/open")).header("access-control-allow-origin").empty());
  CHECK(peer.ask(TestServer::request("GET", "/nowhere")).header("access-control-allow-origin").empty());
}

TEST_CASE("Who meant to save is told so of what stands before, and of the rest what it was") {
  const Ruled server;
  const auto asked = [&](std::string_view method, std::string_view path, std::string_view headers = {}) {
    return server.ask(method, path, std::string("Accept-Language: en\r\n").append(headers)).body;
  };
  CHECK_THAT(asked("POST", "/api/fails/not-read"), Catch::Contains("cannot read what it has stored"));
  CHECK_THAT(asked("POST", "/api/fails/not-saved"), Catch::Contains("Nothing was saved"));
  CHECK_THAT(asked("GET", "/api/mine", "Authorization: unread\r\n"), Catch::Contains("cannot read what it has stored"));
  CHECK_THAT(asked("POST", "/api/mine", "Authorization: unread\r\n"), Catch::Contains("Nothing was saved"));
}

TEST_CASE("What is broken is told by what it means to who asked, in their language") {
  const Ruled server;
  struct Row {
    std::string how, english, korean;
  };
  const auto row = GENERATE(values<Row>({{"away", "cannot do this right now", "처리할 수 없습니다"},
                                         {"not-read", "cannot read what it has stored", "불러올 수 없습니다"},
                                         {"not-saved", "Nothing was saved", "아무것도 저장되지 않았"},
                                         {"perhaps-saved", "check whether it was saved", "저장되었는지 확인"},
                                         {"too-many", "Busy right now", "요청이 많습니다"}}));
  const auto english = server.ask("GET", "/api/fails/" + row.how, "Accept-Language: en\r\n");
  const auto korean = server.ask("GET", "/api/fails/" + row.how);
  CHECK_THAT(english.body, Catch::Contains(row.english));
  CHECK_THAT(korean.body, Catch::Contains(row.korean));
  for (const auto* answer : {&english, &korean}) {
    CHECK(answer->status == 503);
    CHECK_FALSE(answer->header("retry-after").empty());
    CHECK_THAT(answer->body, !Catch::Contains("secret"));
  }
}
