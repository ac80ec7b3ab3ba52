#include <boost/describe.hpp>

#include "dontgoback/http/error.hpp"
#include "dontgoback/json/reader.hpp"
#include "handlers.hpp"

namespace dontgoback::walk::walkers {
namespace {

// Members are named as on the wire.
struct Change {
  std::optional<std::string> nickname;
  std::optional<bool> sharesSteps;
  std::optional<std::int64_t> offsetMinutes;
};
BOOST_DESCRIBE_STRUCT(Change, (), (nickname, sharesSteps, offsetMinutes))

struct Proof {
  std::optional<std::string> provider;
  std::optional<std::string> idToken;
  std::optional<std::string> nonce;
  std::optional<std::string> ticket;
};
BOOST_DESCRIBE_STRUCT(Proof, (), (provider, idToken, nonce, ticket))

constexpr std::int64_t kWestmost = -12 * 60;
constexpr std::int64_t kEastmost = 14 * 60;

constexpr Message kMe{"내 걷기 프로필입니다.", "Your walker."};
constexpr Message kChanged{"걷기 프로필을 바꿨습니다.", "Your walker was changed."};
constexpr Message kLeft{"걷기를 떠났습니다. 14일 안에 다시 로그인하면 되돌릴 수 있습니다.",
                        "You have left. Sign in again within 14 days to come back."};
constexpr Message kMerged{"두 걷기 프로필을 합쳤습니다.", "The two walkers are one."};
constexpr Message kExport{"걷기의 내 정보입니다.", "All that walking has of you."};
constexpr Failure kOffset{FailureKind::invalid,
                          {"offsetMinutes는 -720부터 840까지입니다.", "offsetMinutes is from -720 to 840."}};

Walker own(storage::Connection& connection, const http::Request& request) {
  auto walker = find(connection, request.identity.walker);
  if (!walker) throw http::Error(kNotSignedIn);
  return *std::move(walker);
}

http::Response answer(const http::Request& request, const Message& message, const Walker& walker) {
  return http::envelope(request, 200, message, [&](json::Writer& writer) { write_own(writer, walker); });
}

}  // namespace

void write_own(json::Writer& writer, const Walker& walker) {
  writer.begin_object();
  writer.field("walkerId", to_string(walker.uuid));
  writer.field("nickname", walker.nickname.empty() ? std::nullopt : std::optional(walker.nickname));
  writer.field("sharesSteps", walker.shares_steps);
  writer.field("offsetMinutes", walker.offset_minutes);
  writer.end_object();
}

http::Response me(const Handling& walkers, const http::Request& request) {
  return answer(request, kMe,
                walkers.database.read([&](storage::Connection& connection) { return own(connection, request); }));
}

http::Response change_me(const Handling& walkers, const http::Request& request) {
  const auto change = http::unwrap(json::read<Change>(request.body));
  if (change.offsetMinutes && (*change.offsetMinutes < kWestmost || *change.offsetMinutes > kEastmost)) {
    throw http::Error(kOffset);
  }
  const auto id = request.identity.walker;
  return answer(request, kChanged, walkers.database.write([&](storage::Connection& connection) {
    lock_walker(connection, id);
    const auto now = walkers.clock.now();
    if (change.nickname) rename(connection, walkers.subscribers, id, *change.nickname, now);
    if (change.offsetMinutes) set_offset(connection, id, *change.offsetMinutes);
    const auto consented = consented_at(connection, id);
    if (change.sharesSteps && *change.sharesSteps != consented.has_value()) {
      set_consent(connection, id, *change.sharesSteps ? std::optional(now) : std::nullopt);
    }
    return own(connection, request);
  }));
}

http::Response leave(const Handling& walkers, const http::Request& request) {
  walkers.database.write([&](storage::Connection& connection) {
    lock_walker(connection, request.identity.walker);
    change_status(connection, walkers.subscribers, request.identity.walker, Status::leaving, walkers.clock.now());
  });
  return walkers.cookies.clear(http::envelope(request, 200, kLeft));
}

http::Response merge_with_me(const Handling& walkers, const http::Request& request) {
  auto proof = http::unwrap(json::read<Proof>(request.body));
  walkers.sign_in.merge_into(request.identity.walker, {std::move(proof.provider), std::move(proof.idToken),
                                                       std::move(proof.nonce), std::move(proof.ticket)});
  return answer(request, kMerged,
                walkers.database.read([&](storage::Connection& connection) { return own(connection, request); }));
}

http::Response export_me(const Handling& walkers, const http::Request& request) {
  const auto text = walkers.database.read([&](storage::Connection& connection) {
    const auto walker = own(connection, request);
    std::string whole;
    json::Writer writer(whole);
    writer.begin_object();
    writer.key("walker");
    write_own(writer, walker);
    writer.field("waysIn", count_identities(connection, walker.id));
    for (const auto* each : walkers.exporters) {
      writer.key(each->name());
      each->write(connection, walker.id, writer);
    }
    writer.end_object();
    return whole;
  });
  auto response = http::envelope(request, 200, kExport, [&](json::Writer& writer) { writer.raw(text); });
  response.header("Cache-Control", "no-store");
  response.header("Content-Disposition", "attachment; filename=\"walker.json\"");
  return response;
}

}  // namespace dontgoback::walk::walkers
