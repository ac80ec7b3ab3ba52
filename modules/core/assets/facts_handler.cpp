#include "facts_handler.hpp"

#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "facts.hpp"
#include "relations/relations.hpp"
#include "store.hpp"

namespace dontgoback::core::assets {
namespace {

void write(json::Writer& writer, std::string_view name, const Snapshot& snapshot) {
  writer.key(name);
  writer.begin_object();
  writer.field("date", snapshot.day);
  writer.field("amount", snapshot.amount);
  writer.end_object();
}

}  // namespace

http::Response asset_facts(storage::Database& database, time::Day today, const http::Request& request) {
  const UserId user{http::path_id(request, "userId")};
  const auto facts = database.read([&](storage::Connection& connection) {
    if (relations::are_apart(connection, request.identity.user, user)) throw http::Error(accounts::kNoUser);
    http::unwrap(accounts::find_open_profile(connection, user, request.identity));
    // A row a day, read in the order in which they lie: 3 650 of ten years.
    return facts_of(snapshots_of(connection, user, {}, shown_until(connection, user, today)));
  });
  if (!facts) throw http::Error(accounts::kNoUser);
  auto response = http::envelope(request, 200, {"자산 기록입니다.", "What there is to say of the asset."},
                                 [&](json::Writer& writer) {
                                   writer.begin_object();
                                   writer.field("userId", user);
                                   writer.field("since", facts->since);
                                   writer.field("daysUp", facts->days_up);
                                   writer.field("daysDown", facts->days_down);
                                   write(writer, "highest", facts->highest);
                                   write(writer, "lowest", facts->lowest);
                                   writer.end_object();
                                 });
  response.header("Cache-Control", "private, no-cache");
  return response;
}

}  // namespace dontgoback::core::assets
