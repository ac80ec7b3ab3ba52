#include <unistd.h>

#include "app/module_table.hpp"
#include "app/run.hpp"

int main(int argc, char** argv) { return dontgoback::app::run(argc, argv, environ, dontgoback::app::module_table()); }
