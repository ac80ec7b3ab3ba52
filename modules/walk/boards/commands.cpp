#include <memory>
#include <ostream>
#include <stdexcept>

#include "boards.hpp"
#include "dontgoback/config/table.hpp"
#include "group_board.hpp"

namespace dontgoback::walk::boards {

std::vector<Command> commands() {
  return {{"steps", "verify", Command::Uses::writes,
           "Compare what boards keep with the days it is made of, and have what is wrong made anew",
           [](config::Options&) {},
           [](Command::Context context) {
             const auto verified = verify(context.host.database);
             config::Table table({"checked", "wrong"});
             table.add({verified.checked, verified.wrong});
             table.print_row(context.out, context.json);
             if (verified.wrong > 0) context.notes << "what was wrong is made anew when somebody looks\n";
           }}};
}

}  // namespace dontgoback::walk::boards
