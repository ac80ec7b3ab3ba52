#include "service.hpp"

namespace dontgoback::extension {

namespace {

constexpr Failure kTooLate{
    FailureKind::invalid, {"snapshotDay는 내일보다 늦을 수 없습니다.", "snapshotDay must not be later than tomorrow."}};
constexpr Failure kBadUser{FailureKind::invalid, {"사용자 번호가 올바르지 않습니다.", "The user id is not valid."}};
constexpr Failure kBadAsset{FailureKind::invalid,
                            {"자산은 0 이상 9007199254740991 이하의 정수여야 합니다.",
                             "The asset must be an integer from 0 to 9007199254740991."}};

}  // namespace

std::optional<Failure> refusal(const ports::AssetQuery& query) {
  if (query.user.value <= 0) return kBadUser;
  if (query.asset.value < 0 || query.asset.value > Won::kMax) return kBadAsset;
  return std::nullopt;
}

std::vector<Result<ports::AssetChange>> AssetService::changes(time::Day day,
                                                              std::span<const ports::AssetQuery> queries) {
  std::vector<Result<ports::AssetChange>> answers;
  const auto now = trust_.confirmed_now();
  if (now && day > zone_.day_of(*now) + std::chrono::days{1}) {
    answers.assign(queries.size(), kTooLate);
    return answers;
  }
  answers.reserve(queries.size());
  DailyMultiplier multiplier = multiplier_;
  for (const auto& query : queries) {
    if (const auto refused = refusal(query)) {
      answers.emplace_back(*refused);
      continue;
    }
    const Multiplier m = multiplier.of(query.user, day);
    answers.emplace_back(ports::AssetChange{query.user, query.asset, m, apply(m, query.asset)});
  }
  return answers;
}

}  // namespace dontgoback::extension
