#include "accounts/accounts.hpp"
#include "assets.hpp"

namespace dontgoback::core::assets {

std::vector<backup::Consistency> consistency() {
  static const std::string kOthers = "SELECT count(*) FROM " + accounts::table("a") +
                                     " JOIN asset_snapshots s ON s.user_id = a.id AND s.day = a.amount_day "
                                     "WHERE s.amount <> a.amount OR s.multiplier <> a.multiplier";
  return {{"accounts.amount and multiplier are those of the snapshot of amount_day", kOthers}};
}

}  // namespace dontgoback::core::assets
