// What a sign-in provider's server tells of persons, and what its token endpoint answers.
#include <algorithm>

#include "core/sign_in/providers/messages.hpp"
#include "core/sign_in/providers/notification.hpp"
#include "fuzz.hpp"

using namespace dontgoback;
using namespace dontgoback::core::sign_in;
using dontgoback::fuzz::require;

namespace {

constexpr time::Timestamp kNow{std::chrono::seconds(1'800'000'000)};

void read(std::string_view text) {
  ProviderSettings provider;
  provider.issuer = "https://provider.test";
  provider.client_id = "web";
  const auto [told, why] = read_notification(text, provider, kNow);
  require(told.has_value() == why.empty());
  require(std::ranges::all_of(why, [](char c) { return c >= ' ' && c < 0x7F; }));
  if (!told) return;
  require(told->person.issuer == provider.issuer);
  require(!told->person.subject.empty() && told->person.subject.size() <= 255);
  require(told->at >= time::Timestamp{} && told->at <= kNow + std::chrono::minutes(2));
  require(!name_of(told->kind).empty());
}

void read_tokens(std::string_view text) {
  if (const auto given = tokens_of(text)) {
    require(!given->id_token.empty());
    require(!given->refresh_token || (!given->refresh_token->empty() && given->refresh_token->size() <= 1024));
  }
  require(error_of(text).size() <= 64);
  judge_unlink(400, text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  read(text);
  read_tokens(text);
  return 0;
}
