#include "as_account.hpp"

#include <charconv>
#include <cstdint>

#include "dontgoback/http/error.hpp"

namespace dontgoback::core::feed {
namespace {

constexpr std::string_view kHeader = "As-Account";
constexpr Failure kNoId{FailureKind::invalid, {"As-Account는 계정 번호여야 합니다.", "As-Account is an account's id."}};
constexpr Failure kOther{
    FailureKind::conflict,
    {"다른 계정에서 쓴 글이라 올리지 않았습니다.", "It was written by another account, and was not published."}};

}  // namespace

void check_meant_account(const http::Request& request) {
  if (request.headers->count(kHeader) == 0) return;
  const auto text = request.header(kHeader);
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (request.headers->count(kHeader) > 1 || error != std::errc() || end != text.data() + text.size() || id < 1) {
    throw http::Error(kNoId);
  }
  if (UserId{id} != request.identity.user) throw http::Error(kOther).header("Failure-Code", "OTHER_ACCOUNT");
}

}  // namespace dontgoback::core::feed
