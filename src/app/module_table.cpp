#include "module_table.hpp"

#include "module_headers.hpp"  // made by CMake: the headers of all that `dontgoback_module` registered

namespace dontgoback::app {

const ModuleTable& module_table() {
  static const ModuleTable table{{{"auth", 8091}, {"core", 8090}, {"extension", 8092}},
                                 {
                                     {make<auth::AuthModule>, {"auth"}},
                                     {make<extension::ExtensionModule>, {"extension"}},
                                     {make<core::CoreModule>, {"core"}},
                                     {make<mail::MailModule>, {"core"}},
                                     {make<walk::WalkModule>, {"extension"}},
                                     {make<push::PushModule>, {"core", "extension"}},
                                     {make<web::WebModule>, {"core"}},
                                 }};
  return table;
}

}  // namespace dontgoback::app
