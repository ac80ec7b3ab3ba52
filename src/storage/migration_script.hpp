#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dontgoback::storage {

/// The statements of a migration's text, without comments (`-- …`) and without the `;` that ends them at the end of a
/// line. A `;` or `--` between single quotes is text.
std::vector<std::string> split_statements(std::string_view sql);

/// A number that changes when the text does: FNV-1a, 64 bit, in hexadecimal. Guards against slips, not against intent.
std::string checksum(std::string_view sql);

}  // namespace dontgoback::storage
