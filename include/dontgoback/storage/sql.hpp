#pragma once

#include <concepts>
#include <string_view>

namespace dontgoback::storage {

/// A statement's text and where in the sources it is run. Made of the text alone, at the call. What is passed on by a
/// function that takes `Sql` keeps its first place.
///
/// __builtin_FILE, not std::source_location: that would put the name of every function with a statement into the
/// program.
class Sql {
 public:
  template <std::convertible_to<std::string_view> Text>
  Sql(const Text& text, const char* file = __builtin_FILE(), int line = __builtin_LINE())
      : text_(text), file_(file), line_(line) {}
  /// For `Planned`, which has a name of its own.
  Sql(std::string_view text, std::string_view name, const char* file, int line)
      : text_(text), name_(name), file_(file), line_(line) {}

  /// Valid as long as what it was made of.
  std::string_view text() const { return text_; }
  /// What metrics and logs call it: its own name (`feed/page`), or its file's (`core/feed/post_store`).
  std::string_view name() const { return name_.empty() ? name_of(file_) : name_; }
  /// Relative to the project's root: `modules/core/feed/post_store.cpp`.
  const char* file() const { return file_; }
  int line() const { return line_; }

 private:
  static constexpr std::string_view name_of(std::string_view file) {
    for (const std::string_view top : {"modules/", "src/"}) {
      if (file.starts_with(top)) file.remove_prefix(top.size());
    }
    return file.substr(0, file.rfind('.'));
  }

  std::string_view text_;
  std::string_view name_;
  const char* file_;
  int line_;
};

}  // namespace dontgoback::storage
