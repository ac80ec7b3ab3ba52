#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/config/node.hpp"

namespace dontgoback::config {

/// Where a module says what is wrong with its settings before anything is opened or started. All problems of all
/// modules are named at once, each with the place where its option was given. Options are named as they are declared,
/// `--daily-sigma`.
class Checks {
 public:
  virtual ~Checks() = default;
  virtual const Node& node() const = 0;
  /// `what` says why the option's value cannot work: `must be RS256 or ES256`.
  virtual void wrong(std::string_view option, std::string_view what) = 0;
  /// What a server says at its start, and nothing keeps it from: what it cannot do as it is configured.
  virtual void warn(std::string_view what) = 0;
  /// Whether the option, of this module or another, has a value that is not empty.
  virtual bool is_set(std::string_view option) const = 0;

  /// Why the URL of another node cannot be called, in words: no URL (parse_base_url), or one by which secrets would
  /// travel in the clear. Nothing when it can.
  virtual std::optional<std::string> problem_of_url(std::string_view url) const = 0;

  /// Whether files are looked at: by a server and `config check`. Other commands do without those that they do not use.
  virtual bool looks_at_files() const = 0;
  /// The file must hold a secret as text (security::read_secret_line).
  virtual void secret_file(std::string_view option, const std::filesystem::path& file) = 0;
  /// The file must hold a key of 32 bytes; or there is none and one can be made there. `begin_anew` is the command that
  /// helps when the right one is lost.
  virtual void key_file(std::string_view option, const std::filesystem::path& file, std::string_view begin_anew) = 0;
};

}  // namespace dontgoback::config
