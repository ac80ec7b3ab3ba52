#pragma once

#include <cstddef>
#include <string>

namespace dontgoback::security {

/// `n` bytes from the operating system's generator.
std::string random_bytes(std::size_t n);

}  // namespace dontgoback::security
