#pragma once

#include <string>
#include <string_view>

#include "dontgoback/module.hpp"

namespace dontgoback::jobs {

/// `dontgoback GROUP queue`: what waits in a topic of the outbox, and what was given up or refused, and why. `help`:
/// what it shows, in the words of the topic.
Command queue_command(std::string group, std::string_view topic, std::string help);

}  // namespace dontgoback::jobs
