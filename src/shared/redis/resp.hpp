#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

struct redisReader;

// RESP2, the language of Redis (https://redis.io/docs/reference/protocol-spec/). Pure.
namespace dontgoback::shared {

struct Reply {
  enum class Kind { text, status, error, integer, nil, array } kind = Kind::nil;
  std::string text;
  std::int64_t integer = 0;
  std::vector<Reply> elements;
};

/// What came is not RESP2, or longer than anything that is asked for here.
class NotUnderstood : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Takes replies from the bytes of a connection; after NotUnderstood it is of no more use.
class ReplyReader {
 public:
  static constexpr std::size_t kMostElements = 8;
  static constexpr std::size_t kLongestText = 16 * 1024;

  ReplyReader();
  void feed(std::string_view bytes);
  /// Nothing until more comes.
  std::optional<Reply> next();

 private:
  struct Free {
    void operator()(redisReader* reader) const;
  };
  std::unique_ptr<redisReader, Free> reader_;
};

/// A command as it is sent.
std::string command(std::span<const std::string_view> words);
/// Not a list in braces, of which GCC 12 makes nothing good in coroutines.
template <std::convertible_to<std::string_view>... Words>
std::string command(const Words&... words) {
  const std::array<std::string_view, sizeof...(Words)> all{words...};
  return command(std::span<const std::string_view>(all));
}

}  // namespace dontgoback::shared
