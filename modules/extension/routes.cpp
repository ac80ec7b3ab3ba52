#include "routes.hpp"

#include <boost/describe.hpp>
#include <optional>
#include <utility>

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

/// The envelope of `/msa/ext`: its success code has no number.
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

class Handlers {
 public:
  Handlers(std::shared_ptr<ports::AssetSource> assets, const time::Clock& clock, const time::Zone& zone)
      : assets_(std::move(assets)), clock_(clock), zone_(zone) {}

  http::Response update_one(const http::Request& request) const {
    const UserId user{http::path_id(request, "userId")};
    const auto body = http::unwrap(json::read<OneAccount>(request.body));
    const time::Day day = day_of(body.snapshotDay);
    const ports::AssetQuery query{user, Won{body.asset}};
    const auto change = http::unwrap(assets_->changes(day, {&query, 1}).front());
    return success([&](json::Writer& writer) { write(writer, change, day); });
  }

  http::Response update_many(const http::Request& request) const {
    const auto body = http::unwrap(json::read<ManyAccounts>(request.body));
    if (body.accounts.size() > ports::AssetSource::kMaxBatch) throw http::Error(kTooMany);
    const time::Day day = day_of(body.snapshotDay);
    std::vector<ports::AssetQuery> queries;
    queries.reserve(body.accounts.size());
    for (const auto& account : body.accounts) queries.push_back({account.userId, Won{account.asset}});
    const auto changes = assets_->changes(day, queries);
    return success([&](json::Writer& writer) {
      writer.begin_array();
      for (const auto& change : changes) write(writer, http::unwrap(change), day);
      writer.end_array();
    });
  }

 private:
  time::Day day_of(const std::optional<time::Day>& asked) const { return asked.value_or(zone_.day_of(clock_.now())); }

  std::shared_ptr<ports::AssetSource> assets_;
  const time::Clock& clock_;
  const time::Zone& zone_;
};

constexpr std::size_t kOneBody = 4 * 1024;
constexpr std::size_t kManyBody = 256 * 1024;

}  // namespace

void add_routes(http::Router& router, const http::Authenticator& services, std::shared_ptr<ports::AssetSource> assets,
                const time::Clock& clock, const time::Zone& zone) {
  using http::Access;
  using http::Lane;
  using http::Method;
  const auto handlers = std::make_shared<const Handlers>(std::move(assets), clock, zone);
  router.add({Method::post, "/msa/ext/api/update-asset/{userId}", Access::service(services, "asset:update"),
              Lane::query, kOneBody, [handlers](const http::Request& r) { return handlers->update_one(r); }});
  router.add({Method::post, "/msa/ext/api/update-assets", Access::service(services, "asset:update"), Lane::query,
              kManyBody, [handlers](const http::Request& r) { return handlers->update_many(r); }});
}

}  // namespace dontgoback::extension
