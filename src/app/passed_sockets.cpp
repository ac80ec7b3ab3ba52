#include "passed_sockets.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <string>

#include "dontgoback/text/number.hpp"

namespace dontgoback::app {
namespace {

constexpr int kFirst = 3;  // SD_LISTEN_FDS_START
constexpr int kMost = 16;

int option_of(int descriptor, int option) {
  int value = -1;
  socklen_t size = sizeof value;
  return ::getsockopt(descriptor, SOL_SOCKET, option, &value, &size) == 0 ? value : -1;
}

}  // namespace

PassedSockets PassedSockets::of(const config::Environment& environment) {
  PassedSockets passed;
  if (config::variable(environment, "LISTEN_PID") != std::to_string(::getpid())) return passed;
  const auto count = text::number<int>(config::variable(environment, "LISTEN_FDS")).value_or(0);
  if (count > kMost) throw std::invalid_argument("LISTEN_FDS: too many sockets were passed");
  auto names = config::variable(environment, "LISTEN_FDNAMES");
  for (int i = 0; i < count; ++i) {
    const auto name = names.substr(0, names.find(':'));
    names.erase(0, name.size() + 1);
    const auto wrong = [&name](const std::string& what) {
      return std::invalid_argument("the passed socket \"" + name + "\" " + what);
    };
    if (name != "http" && name != "management") {
      throw wrong("must be named http or management (FileDescriptorName= of its socket unit)");
    }
    auto& place = name == "http" ? passed.http : passed.management;
    if (place) throw wrong("was passed twice");
    place = kFirst + i;
    if (option_of(*place, SO_TYPE) != SOCK_STREAM || option_of(*place, SO_ACCEPTCONN) != 1) {
      throw wrong("must be a listening stream socket (ListenStream=, Accept=no)");
    }
    if (name == "management" && option_of(*place, SO_DOMAIN) == AF_UNIX) {
      throw wrong("must have an address and a port: the node asks itself there");
    }
    ::fcntl(*place, F_SETFD, FD_CLOEXEC);
  }
  return passed;
}

}  // namespace dontgoback::app
