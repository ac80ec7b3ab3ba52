#include "dontgoback/http/too_many.hpp"

namespace dontgoback::http {
namespace {

/// One item of a list of structured fields (RFC 9651 section 3).
std::string item(std::string_view name, char first, std::int64_t one, char second, std::chrono::seconds other) {
  std::string text;
  text.reserve(name.size() + 32);
  text.append("\"").append(name).append("\";");
  text.append(1, first).append("=").append(std::to_string(one)).append(";");
  text.append(1, second).append("=").append(std::to_string(other.count()));
  return text;
}

std::string with_wait(std::string_view what, Language language, std::chrono::seconds wait) {
  using std::chrono::minutes;
  const bool long_one = wait > minutes(2);
  const auto number = long_one ? std::chrono::ceil<minutes>(wait).count() : wait.count();
  std::string text(what);
  if (language == Language::ko) {
    return text.append(" ")
        .append(std::to_string(number))
        .append(long_one ? "분" : "초")
        .append(" 뒤에 다시 시도해 주세요.");
  }
  text.append(" Please try again in ").append(std::to_string(number)).append(long_one ? " minute" : " second");
  return text.append(number == 1 ? "." : "s.");
}

}  // namespace

Response too_many(const Request& request, const Message& what, const limits::Rate& rate,
                  const limits::Verdict& verdict) {
  const auto wait = verdict.retry_after();
  const auto ko = with_wait(what.ko, Language::ko, wait);
  const auto en = with_wait(what.en, Language::en, wait);
  auto response = envelope(request, 429, Message{ko, en});
  response.header("Retry-After", std::to_string(wait.count()));
  add_rate_limit(response, rate, verdict);
  return response;
}

void add_rate_limit(Response& response, const limits::Rate& rate, const limits::Verdict& verdict) {
  using std::chrono::seconds;
  const auto until = verdict.is_refused() ? verdict.retry_after() : std::chrono::ceil<seconds>(verdict.whole);
  response.header("RateLimit-Policy", item(rate.name, 'q', rate.burst, 'w', std::chrono::ceil<seconds>(rate.period)));
  response.header("RateLimit", item(rate.name, 'r', verdict.is_refused() ? 0 : verdict.left, 't', until));
}

}  // namespace dontgoback::http
