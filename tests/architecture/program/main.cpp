#include <unistd.h>

#include "app/run.hpp"
#include "module_headers.hpp"

// The program with two modules more: a line each here, one in CMakeLists.txt.
int main(int argc, char** argv) {
  using namespace dontgoback;
  auto table = app::module_table();
  table.modules.push_back({app::make<lamp::LampModule>, {"extension"}});
  table.modules.push_back({app::make<porch::PorchModule>, {"core"}});
  return app::run(argc, argv, environ, table);
}
