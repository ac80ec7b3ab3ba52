#include "loading.hpp"

#include <dlfcn.h>

#include <array>
#include <stdexcept>
#include <string>
#include <system_error>

namespace dontgoback::walk::rpc {
namespace {

constexpr const char* kFile = "libdontgoback_grpc.so";
constexpr const char* kSymbol = "dontgoback_grpc_server";

}  // namespace

std::filesystem::path find_shared_object() {
  std::error_code none;
  const auto folder = std::filesystem::read_symlink("/proc/self/exe", none).parent_path();
  for (const auto& path : std::array{folder / kFile, folder.parent_path() / "lib" / "dontgoback" / kFile}) {
    if (std::filesystem::exists(path, none)) return path;
  }
  return {};
}

std::unique_ptr<Server> load_server(const std::filesystem::path& shared_object, const Settings& settings,
                                    Calls& calls) {
  const auto cannot = [&settings](const std::string& why) {
    return std::invalid_argument(settings.option + ": " + why);
  };
  if (shared_object.empty()) {
    throw cannot(std::string(kFile) +
                 " is neither beside the program nor in ../lib/dontgoback: without it there is no gRPC here");
  }
  // Its names are its own, and stay: grpc++ does not end before the process.
  void* const library = ::dlopen(shared_object.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (library == nullptr) throw cannot(std::string("cannot be loaded: ") + ::dlerror());
  const auto make = reinterpret_cast<MakeServer>(::dlsym(library, kSymbol));
  if (make == nullptr) throw cannot(shared_object.string() + " is not of this program");
  std::string error;
  std::unique_ptr<Server> server(make(settings, calls, error));
  if (!server) throw cannot(error);
  return server;
}

}  // namespace dontgoback::walk::rpc
