// Boost.JSON's one translation unit: Debian ships its headers only.
#include <boost/json/src.hpp>
