#pragma once

#include <functional>
#include <string>
#include <vector>

#include "dontgoback/module.hpp"
#include "nodes/admission.hpp"

namespace dontgoback::auth {

/// What the commands must know of the node, asked when one runs.
struct InvitingNode {
  std::function<std::vector<std::string>()> configured;  ///< ids of clients from the configuration
  std::function<std::string(const config::Node&)> issuer;
  std::function<std::string(Host&)> thumbprint;  ///< of the newest signing key
};

/// The line to paste on the machine of a node of that role.
std::string join_line(Host& host, const InvitingNode& node, std::string_view role,
                      const NodeAdmission::Invitation& invitation);

/// `nodes invite|list|codes|withdraw`: who runs core and extension elsewhere.
std::vector<Command> node_commands(InvitingNode node);

}  // namespace dontgoback::auth
