#include "dontgoback/security/tokens/skew.hpp"

namespace dontgoback::security {

std::string skew_text(std::string_view claim, std::chrono::seconds ahead, std::chrono::seconds leeway) {
  std::string text(claim);
  text.append(" is ").append(std::to_string(std::chrono::abs(ahead).count()));
  text.append(ahead.count() > 0 ? " s ahead of" : " s behind").append(" this server's clock (");
  return text.append(std::to_string(leeway.count())).append(" s are borne)");
}

std::optional<std::string> skew(std::string_view claim, std::chrono::sys_seconds moment, time::Timestamp now,
                                std::chrono::seconds leeway) {
  const auto ahead = moment - std::chrono::floor<std::chrono::seconds>(now);
  if (std::chrono::abs(ahead) <= leeway) return std::nullopt;
  return skew_text(claim, ahead, leeway);
}

}  // namespace dontgoback::security
