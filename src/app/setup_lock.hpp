#pragma once

#include <filesystem>

namespace dontgoback::app {

/// Keeps a second setup out of the folder of configurations while one is at work there; the system lets go when the
/// process dies.
class SetupLock {
 public:
  /// Throws std::runtime_error where another has it, naming that.
  explicit SetupLock(const std::filesystem::path& folder);
  ~SetupLock();
  SetupLock(const SetupLock&) = delete;
  SetupLock& operator=(const SetupLock&) = delete;

 private:
  int file_;
};

}  // namespace dontgoback::app
