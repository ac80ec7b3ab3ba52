#pragma once

#include <filesystem>
#include <iosfwd>
#include <vector>

#include "dontgoback/setup.hpp"

namespace dontgoback::app {

/// Prints what setup has to say, what is left to do last, where people look. Answers the exit code: 1 when something is
/// wrong.
int print_said(const std::vector<setup::Said>& said, std::ostream& out, bool json);

/// Gives the directory to the user of the packages' units, where root has made it and there is such a user: everything
/// that is made in it follows its owner. Throws std::system_error.
void give_to_service(const std::filesystem::path& data_dir);

}  // namespace dontgoback::app
