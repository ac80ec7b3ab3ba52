// The gRPC calls of the first release's clients, which have no metadata.
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include "client.hpp"
#include "first_release_world.hpp"
#include "messages.hpp"
#include "rpc/loading.hpp"
#include "rpc/module_calls.hpp"

namespace dontgoback::test {
namespace {

using grpc::StatusCode;

const std::string kService = "/step.StepService/";
const std::string kRecorded = field(1, "Steps recorded successfully");
const Talk::Options kWithout{.authorization = {}};

/// Two friends, and somebody else, with the server that is theirs.
struct Stepping : FirstReleaseWorld {
  explicit Stepping(storage::Dialect dialect) : FirstReleaseWorld(dialect) {
    auto& host = world.node.host();
    const auto no_board = [](storage::Connection&, WalkerId, walk::rpc::Calls::Period) {
      return std::vector<walk::rpc::Calls::BoardEntry>();
    };
    calls = std::make_unique<walk::rpc::ModuleCalls>(walk::rpc::ModuleCalls::Needs{
        first_release->names(), *recorder, no_board, host.database, host.state, host.limiter, host.clock});
    walk::rpc::Settings settings;
    settings.listen = "127.0.0.1:0";
    settings.callers = walk::rpc::Settings::Callers::by_name;
    server = walk::rpc::load_server(DONTGOBACK_GRPC_OBJECT, settings, *calls);
    channel = grpc::CreateChannel("127.0.0.1:" + std::to_string(server->port()), grpc::InsecureChannelCredentials());
    REQUIRE(ask("ann_walks", "bob_walks") == 201);
    REQUIRE(post("/auth/friend/accept", R"({"recipientNickname":"bob_walks","friendNickname":"ann_walks"})").status ==
            201);
  }
  ~Stepping() {
    server.reset();
    calls.reset();
  }

  Answered answer(const std::string& method, const std::string& bytes, const Talk::Options& options = kWithout) const {
    return call(channel, kService + method, bytes, options);
  }
  std::string day(int ago = 0) const {
    const auto korean = world.clock.now() + std::chrono::hours(9) - std::chrono::days(ago);
    return time::to_string({std::chrono::floor<std::chrono::days>(korean)});
  }
  std::string public_of(const App& app) {
    const auto friends = Browser(world.node.address())
                             .send("GET", "/auth/friend/list", {}, {{"Authorization", app.access}})
                             .at("/friendUuids");
    return std::string(friends.as_array().at(0).as_string());
  }

  App ann = named("ann_walks");
  App bob = named("bob_walks");
  App cat = named("cat_walks");
  std::unique_ptr<walk::rpc::ModuleCalls> calls;
  std::unique_ptr<walk::rpc::Server> server;
  std::shared_ptr<grpc::Channel> channel;
};

std::string record(const std::string& who, const std::string& day, int steps, int rank) {
  return field(1, field(1, who) + field(2, day) + field(3, steps) + field(4, rank));
}

TEST_CASE("Steps are recorded and read by the UUID that only their walker has") {
  Stepping s(ON_EACH_DATABASE());
  CHECK(s.answer("RecordSteps", step_input(s.ann.uuid, 700, s.day())).bytes == kRecorded);
  CHECK(s.answer("RecordSteps", step_input(s.ann.uuid, 900, s.day())).bytes == kRecorded);
  CHECK(s.answer("GetStepsByUser", field(1, s.ann.uuid)).bytes == field(1, field(1, s.day()) + field(2, 900)));
  CHECK(s.answer("GetStepsByUser", field(1, s.bob.uuid)).bytes.empty());
  for (const auto& nobody : {std::string("00000000-0000-4000-8000-00000000000a"), std::string("7"), std::string()}) {
    CHECK(s.answer("RecordSteps", step_input(nobody, 5, s.day())).status.error_code() == StatusCode::UNAUTHENTICATED);
    CHECK(s.answer("GetStepsByUser", field(1, nobody)).status.error_code() == StatusCode::UNAUTHENTICATED);
  }
}

TEST_CASE("Friends are named by what is public of them, beside the own secret or with a token") {
  Stepping s(storage::Dialect::sqlite);
  REQUIRE(s.answer("RecordSteps", step_input(s.ann.uuid, 700, s.day())).status.ok());
  REQUIRE(s.answer("RecordSteps", step_input(s.bob.uuid, 900, s.day())).status.ok());
  const auto bob = s.public_of(s.ann);
  const auto both = field(1, s.ann.uuid) + field(1, bob);
  CHECK(s.answer("GetStepsByUuids", both).bytes == record(bob, s.day(), 900, 1) + record(s.ann.uuid, s.day(), 700, 2));
  const auto code = [&s](const std::string& ids, const Talk::Options& options = kWithout) {
    return s.answer("GetStepsByUuids", ids, options).status.error_code();
  };
  CHECK(code(field(1, bob)) == StatusCode::UNAUTHENTICATED);                                  // which proves nothing
  CHECK(code(field(1, bob) + field(1, s.ann.uuid)) == StatusCode::UNAUTHENTICATED);           // who asks comes first
  CHECK(code(field(1, s.cat.uuid) + field(1, bob)) == StatusCode::PERMISSION_DENIED);         // no friend
  CHECK(code(field(1, s.ann.uuid) + field(1, s.bob.uuid)) == StatusCode::PERMISSION_DENIED);  // nobody's secret is told
  CHECK(code(field(1, bob), {.authorization = {"Bearer " + s.ann.access}}) == StatusCode::OK);
  CHECK(code(field(1, bob), {.authorization = {s.cat.access}}) == StatusCode::PERMISSION_DENIED);
  CHECK(code(field(1, s.ann.uuid), {.authorization = {"Bearer nonsense"}}) == StatusCode::UNAUTHENTICATED);
  CHECK(code(field(1, bob), {.authorization = {s.ann.refresh}}) == StatusCode::UNAUTHENTICATED);
}

TEST_CASE("Streams go by the UUID, too: of both versions what is seen, and what is told") {
  Stepping s(storage::Dialect::sqlite);
  Talk told(s.channel, kService + "StreamUserSteps", kWithout);
  told.write(step_input(s.bob.uuid, 100, s.day()));
  told.write(step_input(s.bob.uuid, 200, s.day()));
  told.writes_done();
  CHECK(told.read() == kRecorded);
  CHECK(told.finish().ok());

  Talk stolen(s.channel, kService + "StreamUserSteps", kWithout);
  stolen.write(step_input(s.public_of(s.ann), 5, s.day()));
  CHECK(stolen.finish().error_code() == StatusCode::UNAUTHENTICATED);

  const auto bob = s.public_of(s.ann);
  Talk live(s.channel, kService + "StreamSteps", kWithout);
  live.write(field(1, s.ann.uuid) + field(1, bob) + field(2, s.day()));
  CHECK(live.read() == field(1, bob) + field(2, s.day()) + field(3, 200) + field(4, 1));
  REQUIRE(s.answer("RecordSteps", step_input(s.bob.uuid, 300, s.day())).status.ok());
  CHECK(live.read() == field(1, bob) + field(2, s.day()) + field(3, 300) + field(4, 1));

  // Who leaves is nobody any more, and its streams end.
  CHECK(s.post("/auth/delete", R"({"userId":")" + s.ann.uuid + "\"}").status == 201);
  REQUIRE(s.answer("RecordSteps", step_input(s.bob.uuid, 400, s.day())).status.ok());
  CHECK_FALSE(live.read());
  CHECK(live.finish().error_code() == StatusCode::UNAUTHENTICATED);
}

TEST_CASE("walk.v1, and walkers who signed in, are not there") {
  Stepping s(storage::Dialect::sqlite);
  const auto proven = s.world.walker("proven_one");
  CHECK(call(s.channel, "/walk.v1.WalkService/GetDays", "", kWithout).status.error_code() == StatusCode::UNIMPLEMENTED);
  CHECK(s.answer("RecordSteps", step_input(proven.uuid, 5, s.day())).status.error_code() ==
        StatusCode::UNAUTHENTICATED);
  CHECK(s.answer("GetStepsByUuids", field(1, s.ann.uuid) + field(1, proven.uuid)).status.error_code() ==
        StatusCode::PERMISSION_DENIED);
  const auto inside = s.world.number("SELECT COUNT(*) FROM step_days");
  CHECK(inside == 0);
}

}  // namespace
}  // namespace dontgoback::test
