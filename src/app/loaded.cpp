#include "loaded.hpp"

#include <array>

#include "file_checks.hpp"
#include "version.hpp"

namespace dontgoback::app {

Loaded::Loaded(const ModuleTable& table, const config::Environment& environment, const std::filesystem::path& file,
               const std::string& instance, Look look)
    : modules(table), settings(environment), line("", std::string(kVersion)) {
  settings.declare(line.options(), table.roles);
  modules.declare(line.options());
  const auto role = "--role=" + instance;
  const auto config = "--config=" + file.string();
  const std::array<const char*, 3> arguments{"dontgoback", role.c_str(), config.c_str()};
  const int given = may_exist(file) ? 3 : 2;
  static_cast<void>(line.parse(given, arguments.data(), environment, {}, problems, cautions));
  settings.resolve(line.options(), problems);
  modules.choose(settings, line.options(), problems);
  for (auto& caution : check_settings(settings, modules, look, line.options(), problems)) {
    cautions.push_back(std::move(caution));
  }
}

}  // namespace dontgoback::app
