#include "handlers.hpp"

#include <boost/describe.hpp>
#include <optional>
#include <vector>

#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"

namespace dontgoback::extension {
namespace {

// Members are named as on the wire.
struct OneAccount {
  std::int64_t asset;
  std::optional<time::Day> snapshotDay;
};
BOOST_DESCRIBE_STRUCT(OneAccount, (), (asset, snapshotDay))

struct AccountAsset {
  UserId userId;
  std::int64_t asset;
};
BOOST_DESCRIBE_STRUCT(AccountAsset, (), (userId, asset))

struct ManyAccounts {
  std::optional<time::Day> snapshotDay;
  std::vector<AccountAsset> accounts;
};
BOOST_DESCRIBE_STRUCT(ManyAccounts, (), (snapshotDay, accounts))

constexpr Failure kTooMany{FailureKind::invalid,
                           {"한 번에 최대 1000개의 계정을 보낼 수 있습니다.", "At most 1000 accounts at a time."}};

void write(json::Writer& writer, const ports::AssetChange& change, time::Day day) {
  writer.begin_object();
  writer.field("userId", change.user);
  writer.field("originalAsset", change.original);
  writer.field("multiplier", change.multiplier);
  writer.field("updatedAsset", change.updated);
  writer.field("date", day);
  writer.end_object();
}

/// The envelope of `/msa/ext` (contract, section 4): its success code has no number, and its message is a word of the
/// wire in every language.
template <class F>
http::Response success(F&& write_data) {
  http::Response response;
  json::Writer writer(response.body);
  writer.begin_object();
  writer.field("resultCode", "S");
  writer.field("message", "Update asset success");
  writer.key("data");
  write_data(writer);
  writer.end_object();
  return response;
}

time::Day day_of(const Assets& assets, const std::optional<time::Day>& asked) {
  return asked.value_or(assets.zone.day_of(assets.clock.now()));
}

}  // namespace

http::Response update_asset(const Assets& assets, const http::Request& request) {
  const UserId user{http::path_id(request, "userId")};
  const auto body = http::unwrap(json::read<OneAccount>(request.body));
  const time::Day day = day_of(assets, body.snapshotDay);
  const ports::AssetQuery query{user, Won{body.asset}};
  const auto change = http::unwrap(assets.source->changes(day, {&query, 1}).front());
  return success([&](json::Writer& writer) { write(writer, change, day); });
}

http::Response update_assets(const Assets& assets, const http::Request& request) {
  const auto body = http::unwrap(json::read<ManyAccounts>(request.body));
  if (body.accounts.size() > ports::AssetSource::kMaxBatch) throw http::Error(kTooMany);
  const time::Day day = day_of(assets, body.snapshotDay);
  std::vector<ports::AssetQuery> queries;
  queries.reserve(body.accounts.size());
  for (const auto& account : body.accounts) queries.push_back({account.userId, Won{account.asset}});
  const auto changes = assets.source->changes(day, queries);
  return success([&](json::Writer& writer) {
    writer.begin_array();
    for (const auto& change : changes) write(writer, http::unwrap(change), day);
    writer.end_array();
  });
}

}  // namespace dontgoback::extension
