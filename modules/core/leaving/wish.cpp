#include "wish.hpp"

#include "leaving.hpp"

namespace dontgoback::core::leaving {

using accounts::AccountStatus;

std::optional<Wish> read_wish(std::string_view word) {
  for (const auto wish : {Wish::close, Wish::deactivate}) {
    if (word == word_of(wish)) return wish;
  }
  return std::nullopt;
}

std::string_view word_of(Wish wish) { return wish == Wish::close ? "CLOSE" : "INACTIVE"; }

std::string_view path_of(Wish wish) {
  return wish == Wish::close ? "/api/v1/users/account-close" : "/api/v1/users/account-inactive";
}

AccountStatus status_of(Wish wish) {
  return wish == Wish::close ? AccountStatus::close_requested : AccountStatus::inactive;
}

std::string_view reason_of(Wish wish) { return wish == Wish::close ? "탈퇴 요청" : "비활성화"; }

Effect effect_of(Wish wish, AccountStatus status) {
  if (status == status_of(wish)) return Effect::stays;
  if (status == AccountStatus::active || status == AccountStatus::inactive) return Effect::changes;
  return Effect::none;  // to be INACTIVE would take the request to close back
}

time::Day last_day(time::Timestamp since, const time::Zone& zone) { return zone.day_of(since + kReturn); }

std::string sign_in_page(Wish wish, std::optional<time::Day> until) {
  std::string page = "/login?status=";
  page += wish == Wish::close ? "close-" : "inactive-";
  return until ? page + "success&until=" + time::to_string(*until) : page + "fail";
}

}  // namespace dontgoback::core::leaving
