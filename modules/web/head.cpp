#include "head.hpp"

#include <stdexcept>

#include "dontgoback/text/excerpt.hpp"

namespace dontgoback::web {
namespace {

std::string element(std::string_view attribute, std::string_view name, std::string_view content) {
  return std::string("<meta ")
      .append(attribute)
      .append("=\"")
      .append(name)
      .append("\" content=\"")
      .append(text::escaped_for_markup(content))
      .append("\" />\n    ");
}

}  // namespace

std::string meta(std::string_view name, std::string_view content) { return element("name", name, content); }
std::string property(std::string_view name, std::string_view content) { return element("property", name, content); }

std::string with_head(std::string_view shell, const Head& head) {
  constexpr std::string_view kTitle = "<title>", kEnd = "</title>", kDescription = "<meta name=\"description\"";
  const auto title = shell.find(kTitle);
  const auto end = shell.find(kEnd);
  if (title == shell.npos || end == shell.npos) throw std::logic_error("the shell has no title");
  std::string out;
  out.reserve(shell.size() + 4 * 1024);
  const auto description = shell.find(kDescription);
  if (description < title) {
    out.append(shell.substr(0, description));
    const auto after = shell.find('>', description) + 1;
    out.append(shell.substr(after, title - after));
  } else {
    out.append(shell.substr(0, title));
  }
  // Where the shell has its own: so that it may be done again.
  out.append(meta("description", head.description));
  out.append(kTitle).append(text::escaped_for_markup(head.title)).append(kEnd).append("\n    ").append(head.more);
  out.append(shell.substr(end + kEnd.size()));
  return out;
}

}  // namespace dontgoback::web
