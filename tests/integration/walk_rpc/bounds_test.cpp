#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "client.hpp"
#include "connections.hpp"
#include "messages.hpp"
#include "other_side.hpp"

namespace dontgoback::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

const std::string kStepRecord = "/step.StepService/RecordSteps";
const std::string kBoard = "/walk.v1.WalkService/WatchBoard";

template <class Condition>
void eventually(const Condition& holds) {
  const auto until = std::chrono::steady_clock::now() + seconds(60);
  while (!holds()) {
    REQUIRE(std::chrono::steady_clock::now() < until);
    std::this_thread::sleep_for(milliseconds(20));
  }
}

TEST_CASE("a message that is too large is refused", "[walk_rpc]") {
  Served served;
  const auto answer = call(served.channel(), kStepRecord, step_input(std::string(300'000, 'x'), 1, "2024-12-30"));
  CHECK(answer.status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED);
}

// A few compressed bytes can be many.
TEST_CASE("a compressed message is refused", "[walk_rpc]") {
  Served served;
  const auto answer = call(served.channel(), kStepRecord,
                           step_input(OtherSide::kAnn, 1, "2024-12-30") + std::string(500, '\0'), {.compresses = true});
  CHECK(answer.status.error_code() == grpc::StatusCode::UNIMPLEMENTED);
  CHECK(served.calls.recorded().empty());
}

TEST_CASE("a deadline ends a call whose answer is late, and the answer does no harm", "[walk_rpc]") {
  Served served;
  served.calls.keep_answers();
  const auto answer = call(served.channel(), kStepRecord, step_input(OtherSide::kAnn, 1, "2024-12-30"),
                           {.deadline = milliseconds(300)});
  CHECK(answer.status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED);
  served.calls.let_go();
}

TEST_CASE("a client that goes amid a stream leaves nothing behind", "[walk_rpc]") {
  Served served;
  {
    Talk talk(served.channel(), kBoard, {});
    talk.write("");
    REQUIRE(talk.read());
    eventually([&] { return served.calls.watchers() == 1; });
  }
  eventually([&] { return served.calls.watchers() == 0; });
}

TEST_CASE("a stream that is not read is not asked for more", "[walk_rpc]") {
  Served served;
  std::vector<walk::rpc::Calls::BoardEntry> board;
  for (int i = 0; i < 500; ++i) board.push_back({OtherSide::kAnn, std::string(100, 'x'), i, i, false, false});
  served.calls.set_board(board);
  Talk talk(served.channel(), kBoard, {});
  talk.write("");
  eventually([&] { return served.calls.watchers() == 1; });
  // Some fit what the client takes in before it reads.
  int steps = 1'000, asked = 0, unasked = 0;
  while (unasked < 50) {
    board[0].steps = ++steps;
    served.calls.set_board(board);
    served.calls.tell();
    std::this_thread::sleep_for(milliseconds(5));
    unasked = std::exchange(asked, served.calls.boards_asked()) == asked ? unasked + 1 : 0;
    REQUIRE(asked < 1'000);
  }
  // Who reads again has the newest in the end.
  const auto newest = field(3, steps);
  eventually([&] { return talk.read().value().find(newest) != std::string::npos; });
}

std::string update(int i) {
  return field(
      1, field(1, "2026-01-31") + field(2, "phone-" + std::to_string(i % 10)) + field(4, i % 1'000'000) + field(6, i));
}

TEST_CASE("a client that never reads a board loses its stream", "[walk_rpc]") {
  Served served({.client_reads = milliseconds(100)});
  std::vector<walk::rpc::Calls::BoardEntry> board(500, {OtherSide::kAnn, std::string(100, 'x'), 1, 1, false, false});
  served.calls.set_board(board);
  Talk unread(served.channel(), kBoard, {.deadline = minutes(5)});
  unread.write("");
  Talk read(served.channel(), kBoard, {.deadline = minutes(5)});
  read.write("");
  eventually([&] { return served.calls.watchers() == 2; });
  eventually([&] {
    board[0].steps++;
    served.calls.set_board(board);
    served.calls.tell();
    REQUIRE(read.read());
    return served.calls.watchers() == 1;
  });
  while (unread.read()) {
  }
  CHECK(unread.finish().error_code() == grpc::StatusCode::CANCELLED);
}

TEST_CASE("a client that sends updates and never reads what becomes of them loses its stream", "[walk_rpc]") {
  Served served({.client_reads = milliseconds(100)});
  Talk talk(served.channel(), "/walk.v1.WalkService/Record", {.deadline = minutes(5)});
  std::string many;
  for (int i = 0; i < 500; ++i) many += update(i);
  int requests = 0;
  while (talk.write(many)) REQUIRE(++requests < 10'000);
  while (talk.read()) {
  }
  CHECK(talk.finish().error_code() == grpc::StatusCode::CANCELLED);
}

TEST_CASE("streams that never end are bounded, in all and of each walker", "[walk_rpc]") {
  const auto code_of = [](const std::shared_ptr<grpc::Channel>& channel, const char* who) {
    Talk talk(channel, kBoard, {.authorization = {std::string("Bearer ") + who}, .deadline = minutes(5)});
    talk.write("");
    if (talk.read()) return grpc::StatusCode::OK;
    return talk.finish().error_code();
  };
  SECTION("in all four times as many as connections") {
    Served served({.max_connections = 2});
    const auto channel = served.channel();
    std::vector<std::unique_ptr<Talk>> open;
    for (std::size_t i = 0; i < 8; ++i) {
      open.push_back(std::make_unique<Talk>(channel, kBoard, Talk::Options{.deadline = minutes(5)}));
      open.back()->write("");
    }
    eventually([&] { return served.calls.watchers() == 8; });
    CHECK(code_of(channel, "ann") == grpc::StatusCode::RESOURCE_EXHAUSTED);
    CHECK(code_of(channel, "bob") == grpc::StatusCode::RESOURCE_EXHAUSTED);
    open.pop_back();
    eventually([&] { return code_of(channel, "bob") == grpc::StatusCode::OK; });
  }
  SECTION("of a walker, and another still gets its own") {
    Served served;
    const auto channel = served.channel(), other = served.channel();
    std::vector<std::unique_ptr<Talk>> open;
    for (std::size_t i = 0; i < 520; ++i) {
      open.push_back(std::make_unique<Talk>(channel, kBoard, Talk::Options{.deadline = minutes(5)}));
      open.back()->write("");
    }
    eventually([&] { return served.calls.watchers() == 520; });
    CHECK(code_of(other, "ann") == grpc::StatusCode::RESOURCE_EXHAUSTED);
    CHECK(code_of(other, "bob") == grpc::StatusCode::OK);
    open.pop_back();
    eventually([&] { return code_of(other, "ann") == grpc::StatusCode::OK; });
  }
}

TEST_CASE("a stream that says nothing is looked at anew now and then, for what nobody told", "[walk_rpc]") {
  Served served;
  served.calls.set_board({{OtherSide::kAnn, "ann", 1, 1, true, false}});
  Talk talk(served.channel(), kBoard, {.deadline = minutes(5)});
  talk.write("");
  REQUIRE(talk.read());
  served.calls.set_board({{OtherSide::kAnn, "ann", 0, 1, true, false}});  // a midnight
  const auto board = talk.read();
  REQUIRE(board);
  CHECK(board->find(field(4, 1)) != std::string::npos);
  CHECK(board->find(field(3, 1)) == std::string::npos);
}

TEST_CASE("connections of a network are counted together, and what is closed is not counted", "[walk_rpc]") {
  walk::rpc::Connections connections(6, 2);
  std::vector<int> open;
  const auto enters = [&](const std::string& network) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    if (connections.enter(socket, network)) {
      open.push_back(socket);
      return true;
    }
    ::close(socket);
    return false;
  };
  CHECK(enters("a"));
  CHECK(enters("a"));
  CHECK_FALSE(enters("a"));
  CHECK(enters("b"));
  // A proxy's are everybody's.
  CHECK(enters(""));
  CHECK(enters(""));
  CHECK(enters(""));
  CHECK_FALSE(enters(""));
  CHECK_FALSE(enters("b"));
  ::close(open[0]);
  open.erase(open.begin());
  CHECK(enters("a"));
  CHECK_FALSE(enters("a"));
  // A number that is another socket's at once.
  const int next = ::socket(AF_INET, SOCK_STREAM, 0);
  REQUIRE(::dup2(next, open.back()) == open.back());
  ::close(next);
  CHECK(connections.enter(open.back(), "b"));
  for (const int socket : open) ::close(socket);
}

TEST_CASE("more connections than there may be are closed, and there is room when others go", "[walk_rpc]") {
  Served served({.max_connections = 2});
  const auto works = [](const std::shared_ptr<grpc::Channel>& channel) {
    return call(channel, kStepRecord, step_input(OtherSide::kAnn, 1, "2024-12-30"), {.deadline = seconds(2)})
        .status.ok();
  };
  auto first = served.channel();
  const auto second = served.channel();
  REQUIRE(works(first));
  REQUIRE(works(second));
  const auto third = served.channel();
  CHECK_FALSE(works(third));
  first.reset();
  eventually([&] { return works(third); });
}

TEST_CASE("open streams end when the server does, with a status that says so", "[walk_rpc]") {
  Served served;
  Talk board(served.channel(), kBoard, {});
  board.write("");
  REQUIRE(board.read());
  Talk updates(served.channel(), "/walk.v1.WalkService/Record", {});
  const auto began = std::chrono::steady_clock::now();
  std::thread stopping([&] { served.server.reset(); });
  CHECK(board.read() == std::nullopt);
  CHECK(board.finish().error_code() == grpc::StatusCode::UNAVAILABLE);
  CHECK(updates.finish().error_code() == grpc::StatusCode::UNAVAILABLE);
  stopping.join();
  CHECK(std::chrono::steady_clock::now() - began < seconds(4));
}

TEST_CASE("gRPC's health service says whether calls are taken", "[walk_rpc]") {
  Served served;
  const auto channel = served.channel();
  const auto health = [&](const std::string& service) {
    return call(channel, "/grpc.health.v1.Health/Check", service.empty() ? "" : field(1, service),
                {.authorization = {}});
  };
  const auto serving = field(1, 1), not_serving = field(1, 2);
  for (const std::string service : {"", "step.StepService", "walk.v1.WalkService"}) {
    CHECK(health(service).bytes == serving);
  }
  CHECK(health("step.Nobody").status.error_code() == grpc::StatusCode::NOT_FOUND);
  served.server->set_serving(false);
  CHECK(health("").bytes == not_serving);
  CHECK(health("step.StepService").bytes == not_serving);
}

TEST_CASE("what keeps the object from serving is said", "[walk_rpc]") {
  OtherSide calls;
  const auto message_of = [&](const std::filesystem::path& object, const walk::rpc::Settings& settings) {
    try {
      walk::rpc::load_server(object, settings, calls);
    } catch (const std::invalid_argument& cause) {
      return std::string(cause.what());
    }
    return std::string();
  };
  CHECK(message_of("", {.listen = "127.0.0.1:0"}).find("--grpc-listen: libdontgoback_grpc.so is neither") == 0);
  CHECK(message_of("/dev/null", {.listen = "127.0.0.1:0"}).find("--grpc-listen: cannot be loaded: ") == 0);
  Served served;
  const auto taken = "127.0.0.1:" + std::to_string(served.server->port());
  CHECK(message_of(DONTGOBACK_GRPC_OBJECT, {.listen = taken}).find("--grpc-listen: " + taken + ": Address") == 0);
  CHECK(message_of(DONTGOBACK_GRPC_OBJECT, {.listen = "127.0.0.1:0", .certificate = "/nowhere/a", .key = "/nowhere/b"})
            .find("/nowhere/a: cannot be read") != std::string::npos);
}

}  // namespace
}  // namespace dontgoback::test
