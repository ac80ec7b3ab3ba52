#pragma once

#include <span>
#include <string_view>

namespace dontgoback::web {

/// A file's bytes in one coding, and the strong entity tag of exactly these bytes (quoted). Empty where the coding
/// would not make the file smaller.
struct Variant {
  std::string_view bytes;
  std::string_view etag;
  bool offered() const { return !etag.empty(); }
};

/// A file of the page. All views live as long as the program.
struct File {
  std::string_view path;
  std::string_view content_type;
  bool immutable;  ///< its name has a hash of its content: what is kept under it is right for ever
  Variant identity;
  Variant gzip;
  Variant brotli;
};

/// What the program serves to browsers.
struct Site {
  std::span<const File> files;
  std::string_view policy;  ///< Content-Security-Policy of everything that is not immutable

  /// The page itself, which finds by its address what to show.
  const File& shell() const;
};

/// The shell's path.
constexpr std::string_view kShellPath = "/index.html";

/// The files built into this program: the page that embed.mjs made, or, where it was built without Node, the plain one.
const Site& built_in_site();

}  // namespace dontgoback::web
