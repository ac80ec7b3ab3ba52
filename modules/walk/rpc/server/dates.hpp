#pragma once

#include <string>
#include <string_view>

namespace dontgoback::walk::rpc {

/// `2024-12-30` of the three ways in which the first release's clients write a day: that, `20241230`, `2024.12.30`.
/// Whatever is none of them comes back as it is, and is no day.
std::string plain_date(std::string_view text);

}  // namespace dontgoback::walk::rpc
