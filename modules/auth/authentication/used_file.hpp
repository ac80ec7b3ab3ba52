#pragma once

#include <filesystem>

#include "resource_server/replay_memory.hpp"

namespace dontgoback::auth {

/// What a process that was stopped in order had let be used once, for the next one: else each restart would shut out
/// clients that do not date their assertions for minutes. A process that was killed leaves nothing, and neither does a
/// file that was read: two processes that go on from the same one would let the same be used twice.
class UsedFile {
 public:
  /// Removes the file, for good, and takes over what was in it; says in the log what kept it from that. Before anything
  /// is used. `memory` outlives it.
  UsedFile(ReplayMemory& memory, const std::filesystem::path& data_dir);
  /// At a stop, when nothing can be used any more.
  void keep() const;

 private:
  ReplayMemory& memory_;
  const std::filesystem::path file_;
};

}  // namespace dontgoback::auth
