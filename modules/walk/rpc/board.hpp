#pragma once

#include <vector>

#include "boards/boards.hpp"
#include "rpc.hpp"

namespace dontgoback::walk::rpc {

boards::Period period_of(Calls::Period period);
std::vector<Calls::BoardEntry> entries_of(boards::Board board);

}  // namespace dontgoback::walk::rpc
