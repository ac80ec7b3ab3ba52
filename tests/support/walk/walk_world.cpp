#include "support/walk/walk_world.hpp"

#include "clock/migrations.hpp"
#include "dontgoback/security/tokens/token_verifier.hpp"
#include "dontgoback/text/number.hpp"
#include "jobs/migrations.hpp"
#include "walk/module.hpp"

namespace dontgoback::test {

storage::Migrations walk_schema() {
  auto schema = jobs::migrations();
  for (const auto& of : {clock::migrations(), walk::WalkModule().migrations()}) {
    schema.insert(schema.end(), of.begin(), of.end());
  }
  return schema;
}

Result<http::Identity> SaidWalker::authenticate(const http::Request& request) const {
  const auto said = text::number<std::int64_t>(request.header("X-Walker"));
  if (!said) return security::kBadToken;
  http::Identity identity;
  identity.kind = http::Identity::Kind::walker;
  identity.walker = {*said};
  identity.session = *said;
  return identity;
}

class WalkWorld::Parts final : public Module {
 public:
  explicit Parts(std::function<void(Host&)> start) : start_(std::move(start)) {}
  std::string_view name() const override { return "walk"; }
  void start(Host& host) override { start_(host); }

 private:
  std::function<void(Host&)> start_;
};

WalkWorld::WalkWorld(storage::Dialect dialect, const Start& start)
    : fresh(dialect, walk_schema()),
      database(*fresh),
      node({.clock = clock, .node = node_in(fresh.directory()), .database = &database}),
      parts_(std::make_unique<Parts>([this, start](Host& host) { start(host, sessions); })) {
  node.start(*parts_);
  node.run();
}

WalkWorld::~WalkWorld() { node.stop(); }

WalkWorld::Walker WalkWorld::walker(std::string nickname, std::int64_t offset_minutes) {
  const auto uuid = walk::walkers::random_uuid();
  const std::string_view bytes(reinterpret_cast<const char*>(uuid.bytes.data()), uuid.bytes.size());
  return database.write([&](storage::Connection& connection) {
    connection.execute(
        "INSERT INTO walkers (uuid, nickname, folded, renamed_at, status, status_at, offset_minutes, consented_at, "
        "created_at) VALUES (:uuid, :nickname, :folded, 0, 0, 0, :offset, 1, 0)",
        bytes, nickname, nickname.empty() ? std::optional<std::string>() : std::optional(nickname), offset_minutes);
    const Walker made{{connection.last_insert_id()}, walk::walkers::to_string(uuid), nickname};
    // The session that SaidWalker says it has.
    connection.execute(
        "INSERT INTO walker_sessions (id, walker_id, device, expires_at) VALUES (:id, :walker, '', :expires_at)",
        made.id.value, made.id, std::int64_t{1} << 50);
    return made;
  });
}

void WalkWorld::set_status(const Walker& walker, walk::walkers::Status status) {
  execute("UPDATE walkers SET status = " + std::to_string(static_cast<int>(status)) +
          " WHERE id = " + std::to_string(walker.id.value));
}

Answer WalkWorld::send(const Walker& who, std::string_view method, std::string_view target, std::string_view body) {
  Browser::Fields fields{{"X-Walker", std::to_string(who.id.value)}};
  if (!body.empty()) fields.emplace_back("Content-Type", "application/json");
  return Browser(node.address()).send(method, target, body, fields);
}

std::int64_t WalkWorld::number(std::string_view sql) {
  return std::get<0>(
      database.read([sql](auto& connection) { return connection.template one<std::int64_t>(sql); }).value());
}

void WalkWorld::execute(std::string_view sql) {
  database.write([sql](storage::Connection& connection) { connection.execute(sql); });
}

}  // namespace dontgoback::test
