#include "dontgoback/security/crypto/random_bytes.hpp"

#include <sys/random.h>

#include <cerrno>
#include <system_error>

#include "dontgoback/security/crypto/hash.hpp"

namespace dontgoback::security {

std::string random_bytes(std::size_t n) {
  std::string bytes(n, '\0');
  for (std::size_t filled = 0; filled < n;) {
    const auto got = getrandom(bytes.data() + filled, n - filled, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw std::system_error(errno, std::generic_category(), "getrandom");
    filled += static_cast<std::size_t>(got);
  }
  return bytes;
}

}  // namespace dontgoback::security
