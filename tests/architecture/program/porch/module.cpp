#include "module.hpp"

#include <ostream>

#include "dontgoback/ports.hpp"

namespace dontgoback::porch {

std::vector<Command> PorchModule::commands() {
  return {{"porch", "look", Command::Uses::reads, "What is seen from there", [](config::Options&) {},
           [this](Command::Context context) { context.out << seen() << '\n'; }}};
}

void PorchModule::connect(Host&, Ports& ports) { light_ = ports.find<ports::Light>(); }

void PorchModule::start(Host& host) {
  host.router.add({http::Method::get, "/porch", http::Access::anyone(), http::Lane::query, http::kNoBody,
                   [this](const http::Request&) { return http::text(200, seen()); }});
}

std::string PorchModule::seen() const {
  if (!light_) return "nobody offers light";
  const auto color = light_->color();
  return color ? *color : std::string(color.failure().message.en);
}

}  // namespace dontgoback::porch
