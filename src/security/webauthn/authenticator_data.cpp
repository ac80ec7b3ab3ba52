#include "webauthn/authenticator_data.hpp"

#include "webauthn/cbor.hpp"

namespace dontgoback::security::webauthn {
namespace {

constexpr std::size_t kHash = 32, kModel = 16;
constexpr std::size_t kLeastId = 16, kMostId = 1023;

enum Flag : std::uint8_t { kPresent = 0x01, kVerified = 0x04, kHasCredential = 0x40, kHasExtensions = 0x80 };

class Parts {
 public:
  explicit Parts(std::string_view bytes) : left_(bytes) {}

  std::optional<std::string_view> bytes(std::size_t count) {
    if (count > left_.size()) return std::nullopt;
    const auto taken = left_.substr(0, count);
    left_.remove_prefix(count);
    return taken;
  }

  /// Big-endian, of up to four bytes.
  std::optional<std::uint32_t> number(std::size_t size) {
    const auto taken = bytes(size);
    if (!taken) return std::nullopt;
    std::uint32_t value = 0;
    for (const char byte : *taken) value = value << 8 | static_cast<std::uint8_t>(byte);
    return value;
  }

  std::optional<std::string_view> cbor_map() {
    const auto before = left_;
    const auto value = cbor::read_first(left_);
    if (!value || value->if_is<cbor::Map>() == nullptr) return std::nullopt;
    return before.substr(0, before.size() - left_.size());
  }

  bool empty() const { return left_.empty(); }

 private:
  std::string_view left_;
};

}  // namespace

std::optional<AuthenticatorData> read_authenticator_data(std::string_view bytes) {
  Parts parts(bytes);
  const auto hash = parts.bytes(kHash);
  const auto flags = parts.number(1);
  const auto counter = parts.number(4);
  if (!hash || !flags || !counter) return std::nullopt;
  AuthenticatorData data{*hash, (*flags & kPresent) != 0, (*flags & kVerified) != 0, *counter, std::nullopt};
  if ((*flags & kHasCredential) != 0) {
    const auto model = parts.bytes(kModel);
    const auto length = parts.number(2);
    if (!model || !length || *length < kLeastId || *length > kMostId) return std::nullopt;
    const auto id = parts.bytes(*length);
    const auto key = id ? parts.cbor_map() : std::nullopt;
    if (!key) return std::nullopt;
    data.credential = {*id, *key};
  }
  if ((*flags & kHasExtensions) != 0 && !parts.cbor_map()) return std::nullopt;
  if (!parts.empty()) return std::nullopt;
  return data;
}

}  // namespace dontgoback::security::webauthn
