#include "toml_file.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

namespace dontgoback::config {
namespace {

FileValue value_of(const toml::node& node) {
  if (const auto boolean = node.value_exact<bool>()) return *boolean;
  if (const auto integer = node.value_exact<std::int64_t>()) return *integer;
  if (const auto real = node.value_exact<double>()) return *real;
  if (auto text = node.value_exact<std::string>()) return std::move(*text);
  if (const auto* array = node.as_array()) {
    std::vector<std::string> texts;
    for (const auto& element : *array) {
      auto text = element.value_exact<std::string>();
      if (!text) return {};
      texts.push_back(std::move(*text));
    }
    return texts;
  }
  return {};
}

}  // namespace

TomlFile read_toml(const std::filesystem::path& file) {
  TomlFile result;
  std::ifstream stream(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!stream.is_open() || stream.bad()) {
    result.problem = file.string() + ": cannot be read: " + std::strerror(errno);
    return result;
  }
  try {
    const auto table = toml::parse(text, file.string());
    for (const auto& [key, node] : table) {
      result.entries.push_back({std::string(key.str()), static_cast<int>(key.source().begin.line), value_of(node)});
    }
  } catch (const toml::parse_error& error) {
    const auto place = error.source().begin;
    result.problem = file.string() + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) +
                     ": is not TOML: " + std::string(error.description());
  }
  std::stable_sort(result.entries.begin(), result.entries.end(),
                   [](const auto& a, const auto& b) { return a.line < b.line; });
  return result;
}

}  // namespace dontgoback::config
