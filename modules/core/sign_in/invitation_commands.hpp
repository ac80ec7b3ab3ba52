#pragma once

#include <vector>

#include "dontgoback/module.hpp"

namespace dontgoback::core::sign_in {

/// `dontgoback users invite | invitations | revoke-invitation`
std::vector<Command> invitation_commands();

}  // namespace dontgoback::core::sign_in
