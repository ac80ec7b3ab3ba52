#pragma once

#include <filesystem>

#include "way.hpp"

namespace dontgoback::mail {

/// Where mails go that no server takes: `NUMBER-ID.eml` in a folder, complete and on disk, for its owner's eyes. They
/// sort in the order of writing, whatever the clock says. The same letter twice is one file. Keeps the newest thousand:
/// strangers may cause mails. Leaves alone what is not numbered.
class Folder final : public Way {
 public:
  explicit Folder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// `what` is the file.
  Answer send(const Envelope& envelope, std::string_view mail) override;

 private:
  const std::filesystem::path folder_;
};

}  // namespace dontgoback::mail
