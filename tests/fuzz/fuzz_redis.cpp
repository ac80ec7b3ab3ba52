// What Redis answers, in any pieces, and what nodes say of limits over it.
#include "fuzz.hpp"
#include "shared/limit_message.hpp"
#include "shared/redis/resp.hpp"

using namespace dontgoback;
using dontgoback::fuzz::require;

namespace {

std::size_t replies_of(std::string_view bytes, std::size_t piece) {
  shared::ReplyReader reader;
  std::size_t replies = 0;
  try {
    while (!bytes.empty()) {
      const auto next = bytes.substr(0, piece);
      bytes.remove_prefix(next.size());
      reader.feed(next);
      while (const auto reply = reader.next()) {
        ++replies;
        require(reply->text.size() <= shared::ReplyReader::kLongestText);
        require(reply->elements.size() <= shared::ReplyReader::kMostElements);
      }
    }
  } catch (const shared::NotUnderstood&) {
  }
  return replies;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto at_once = replies_of(text, size == 0 ? 1 : size);
  const auto by_bytes = replies_of(text, 1);
  require(at_once == by_bytes || size > 64 * 1024);
  if (const auto message = shared::decode_limits(text)) require(shared::encode(*message) == text);
  return 0;
}
