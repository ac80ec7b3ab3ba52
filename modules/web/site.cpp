#include "site.hpp"

#include <algorithm>
#include <stdexcept>

namespace dontgoback::web {

const File& Site::shell() const {
  const auto found = std::find_if(files.begin(), files.end(), [](const File& file) { return file.path == kShellPath; });
  if (found == files.end()) throw std::logic_error("the site has no shell");
  return *found;
}

}  // namespace dontgoback::web
