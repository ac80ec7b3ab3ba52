#include "answers.hpp"

#include <boost/describe.hpp>
#include <cmath>

#include "dontgoback/json/reader.hpp"

namespace dontgoback::extension {

namespace {

// Members are named as on the wire.
struct Change {
  UserId userId;
  std::int64_t originalAsset;
  double multiplier;
  std::int64_t updatedAsset;
  time::Day date;
};
BOOST_DESCRIBE_STRUCT(Change, (), (userId, originalAsset, multiplier, updatedAsset, date))

struct OneAnswer {
  Change data;
};
BOOST_DESCRIBE_STRUCT(OneAnswer, (), (data))

struct ManyAnswer {
  std::vector<Change> data;
};
BOOST_DESCRIBE_STRUCT(ManyAnswer, (), (data))

constexpr double kLargestMultiplier = 1e6;

std::optional<ports::AssetChange> checked(const Change& change, time::Day day, const ports::AssetQuery& query) {
  const bool answers_the_question =
      change.userId == query.user && change.originalAsset == query.asset.value && change.date == day;
  const bool amount_fits = change.updatedAsset >= 0 && change.updatedAsset <= Won::kMax;
  if (!answers_the_question || !amount_fits) return std::nullopt;
  if (!(change.multiplier > 0 && change.multiplier < kLargestMultiplier)) return std::nullopt;
  const Multiplier multiplier{std::llround(change.multiplier * static_cast<double>(Multiplier::kOne))};
  if (multiplier.billionths == 0) return std::nullopt;
  return ports::AssetChange{query.user, query.asset, multiplier, Won{change.updatedAsset}};
}

}  // namespace

std::optional<ports::AssetChange> read_one(std::string_view body, time::Day day, const ports::AssetQuery& query) {
  const auto answer = json::read<OneAnswer>(body);
  if (!answer) return std::nullopt;
  return checked(answer->data, day, query);
}

std::optional<std::vector<ports::AssetChange>> read_many(std::string_view body, time::Day day,
                                                         std::span<const ports::AssetQuery> queries) {
  const auto answer = json::read<ManyAnswer>(body);
  if (!answer || answer->data.size() != queries.size()) return std::nullopt;
  std::vector<ports::AssetChange> changes;
  changes.reserve(queries.size());
  for (std::size_t i = 0; i < queries.size(); ++i) {
    auto change = checked(answer->data[i], day, queries[i]);
    if (!change) return std::nullopt;
    changes.push_back(*change);
  }
  return changes;
}

}  // namespace dontgoback::extension
