#include "toml_file.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <type_traits>
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
  return parse_toml(text, file.string());
}

TomlFile parse_toml(std::string_view text, const std::string& name) {
  TomlFile result;
  try {
    const auto table = toml::parse(text, name);
    for (const auto& [key, node] : table) {
      result.entries.push_back({std::string(key.str()), static_cast<int>(key.source().begin.line), value_of(node),
                                static_cast<int>(node.source().end.line), static_cast<int>(node.source().end.column)});
    }
  } catch (const toml::parse_error& error) {
    const auto place = error.source().begin;
    result.problem = name + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) +
                     ": is not TOML: " + std::string(error.description());
  }
  std::stable_sort(result.entries.begin(), result.entries.end(),
                   [](const auto& a, const auto& b) { return a.line < b.line; });
  return result;
}

FileValue file_value_of(const Target& target) {
  if (const auto* list = std::get_if<std::vector<std::string>*>(&target)) return **list;
  if (const auto* integer = std::get_if<Integer>(&target)) return *integer->target;
  if (const auto* number = std::get_if<Number>(&target)) return *number->target;
  if (const auto* toggle = std::get_if<bool*>(&target)) return **toggle;
  return value_of(target);
}

std::string toml_line(std::string_view key, const FileValue& value) {
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
    std::string line(key);
    line += " = [";
    for (const auto& text : *list) {
      if (&text != &list->front()) line += ", ";
      line += toml_line("x", text).substr(std::string_view("x = ").size());
    }
    return line + "]";
  }
  toml::table table;
  std::visit(
      [&](const auto& given) {
        using Given = std::decay_t<decltype(given)>;
        if constexpr (!std::is_same_v<Given, std::vector<std::string>> && !std::is_same_v<Given, std::monostate>) {
          table.insert(key, given);
        }
      },
      value);
  std::ostringstream text;
  text << toml::toml_formatter(table, toml::format_flags::none);
  return text.str();
}

}  // namespace dontgoback::config
