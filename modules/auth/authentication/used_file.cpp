#include "authentication/used_file.hpp"

#include <stdexcept>

#include "dontgoback/security/files/handed_over.hpp"
#include "dontgoback/telemetry/log.hpp"

namespace dontgoback::auth {
namespace {

/// More than a full memory.
constexpr std::size_t kMostBytes = std::size_t{8} << 20;

}  // namespace

UsedFile::UsedFile(ReplayMemory& memory, const std::filesystem::path& data_dir)
    : memory_(memory), file_(data_dir / "auth-used") {
  std::string why = "it is damaged";
  try {
    const auto saved = security::take_handed_over(file_, kMostBytes);
    if (!saved || memory_.take_over(*saved)) return;
  } catch (const std::runtime_error& lost) {
    why = lost.what();
  }
  telemetry::log_warn("what was used before the last stop is taken for unknown",
                      {{"file", file_.string()}, {"cause", why}});
}

void UsedFile::keep() const {
  try {
    security::hand_over(file_, memory_.saved());
  } catch (const std::runtime_error& unwritable) {
    telemetry::log_warn("what was used is forgotten with this stop", {{"cause", unwritable.what()}});
  }
}

}  // namespace dontgoback::auth
