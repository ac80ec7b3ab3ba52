#pragma once

#include <string>
#include <string_view>

// What other parts' SQL says of walkers: they name the table and the rules by these only. The columns they may read are
// in tables.txt.
namespace dontgoback::walk::walkers {

/// The walkers as `w`, to begin a `storage::Planned` with.
inline std::string planned_from(std::string_view w) { return "FROM walkers " + std::string(w) + " {PRIMARY}"; }

/// The walker whose id is in `walker`, as `w`, to be joined next in a `storage::Planned`.
inline std::string planned_join(std::string_view w, std::string_view walker) {
  return "CROSS JOIN walkers " + std::string(w) + " {PRIMARY} ON " + std::string(w) + ".id = " + std::string(walker);
}

/// Whether it has consented to its steps being kept and shown to friends.
inline std::string shares_steps(std::string_view w) { return std::string(w) + ".consented_at IS NOT NULL"; }

/// The same where there may be none: its columns are NULL then.
inline std::string planned_left_join(std::string_view w, std::string_view walker) {
  return "LEFT JOIN walkers " + std::string(w) + " {PRIMARY} ON " + std::string(w) + ".id = " + std::string(walker);
}

/// Whether it takes part.
inline std::string is_active(std::string_view w) { return std::string(w) + ".status = 0"; }

}  // namespace dontgoback::walk::walkers
