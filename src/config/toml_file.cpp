#include "toml_file.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace dontgoback::config {
namespace {

/// Answers an errno, or 0. With the system's calls, for streams throw on a directory and forget why.
int read_all(const std::filesystem::path& file, std::string& text) {
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(std::fopen(file.c_str(), "re"), &std::fclose);
  if (!stream) return errno;
  std::array<char, 4096> part;
  while (const auto length = std::fread(part.data(), 1, part.size(), stream.get())) text.append(part.data(), length);
  return std::ferror(stream.get()) != 0 ? errno : 0;
}

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
  std::string text;
  if (const int error = read_all(file, text); error != 0) {
    result.problem = file.string() + ": cannot be read: " + std::strerror(error);
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
