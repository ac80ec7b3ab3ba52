#pragma once

#include <filesystem>
#include <iosfwd>
#include <vector>

#include "dontgoback/setup.hpp"

namespace dontgoback::app {

/// Prints what setup has to say, what is left to do last, where people look. Answers the exit code: 1 when something is
/// wrong.
int print_said(const std::vector<setup::Said>& said, std::ostream& out, bool json);

/// Makes the directory where it is not there. One that root has made, or that is empty, is the user's of the packages'
/// units, where there is such a user: everything that is made in it follows its owner. Throws std::invalid_argument for
/// one that holds others' files and none of this program; std::system_error.
void make_own_data_dir(const std::filesystem::path& data_dir);

}  // namespace dontgoback::app
