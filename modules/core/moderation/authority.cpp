#include "authority.hpp"

#include "dontgoback/text/utf8.hpp"

namespace dontgoback::core::moderation {
namespace {

constexpr Failure kOneself{FailureKind::forbidden, {"자신에게는 할 수 없습니다.", "Nobody does this to themselves."}};
constexpr Failure kNoLess{FailureKind::forbidden,
                          {"이 회원에게는 할 수 없습니다.", "This member may do no less than you may."}};
constexpr Failure kReason{FailureKind::invalid,
                          {"이유는 1자 이상 200자 이하여야 합니다.", "A reason has 1 to 200 characters."}};

}  // namespace

Result<Done> may_act_on(storage::Connection& connection, const Actor& actor, UserId user) {
  if (user == actor.id) return kOneself;
  const auto account = accounts::find_standing(connection, user);
  if (!account) return accounts::kNoUser;
  if (actor.id != audit::kOperator && http::is_at_least(account->role, actor.role)) return kNoLess;
  return Done{};
}

Result<Done> may_act_on(storage::Connection& connection, const Actor& actor, const Found& found) {
  if (!found.is_unlinked()) return may_act_on(connection, actor, found.author);
  if (found.owner == actor.id) return kOneself;
  return Done{};
}

Result<std::string> read_reason(std::string_view sent) {
  auto reason = feed::read_text(sent);
  if (!reason || text::code_points(*reason) > audit::kMaxReason) return kReason;
  return reason;
}

}  // namespace dontgoback::core::moderation
