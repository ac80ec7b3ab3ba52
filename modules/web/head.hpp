#pragma once

#include <string>
#include <string_view>

namespace dontgoback::web {

/// What a page's head says to whoever runs no script: crawlers, and what shows a link's preview. Texts are escaped
/// here.
struct Head {
  std::string title;
  std::string description;
  std::string more;  ///< further elements, HTML
};

/// The shell with that head in place of its own title and description. Throws std::logic_error for one without a title.
std::string with_head(std::string_view shell, const Head& head);

/// `<meta name="NAME" content="CONTENT">`, and the same of Open Graph (ogp.me).
std::string meta(std::string_view name, std::string_view content);
std::string property(std::string_view name, std::string_view content);

}  // namespace dontgoback::web
