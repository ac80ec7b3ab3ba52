#include <unistd.h>

#include "app/run.hpp"

int main(int argc, char** argv) { return dontgoback::app::run(argc, argv, environ); }
