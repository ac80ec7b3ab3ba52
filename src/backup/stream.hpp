#pragma once

#include <cstddef>
#include <functional>
#include <stdexcept>
#include <string_view>

namespace dontgoback::backup {

/// What is wrong with a file that is to be a backup, to be put behind its name: "is cut short".
class BadArchive : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Takes the next bytes. Throws when it cannot.
using Sink = std::function<void(std::string_view)>;
/// Fills the buffer with the next bytes and says how many; 0 at the end.
using Source = std::function<std::size_t(char* buffer, std::size_t size)>;

}  // namespace dontgoback::backup
