#pragma once

#include <string>
#include <vector>

#include "dontgoback/module.hpp"

namespace dontgoback::jobs {

/// `dontgoback GROUP queue`: what waits in topics of the outbox, one after the other, and what was given up or refused,
/// and why. `help`: what it shows, in the words of the topics.
Command queue_command(std::string group, std::vector<std::string> topics, std::string help);

}  // namespace dontgoback::jobs
