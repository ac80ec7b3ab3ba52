#pragma once

#include <memory>
#include <vector>

#include "sign_in/handlers.hpp"
#include "sign_in/providers/provider.hpp"

namespace dontgoback::core::sign_in {

/// The providers of a node. Throws std::invalid_argument, naming the option, for a secret or key that cannot be read.
std::shared_ptr<const OpenIdSignIns> open_providers(Host& host, const std::vector<ProviderSettings>& providers);

/// `keeping` is what `sign_in` refers to, kept as long as the routes.
void add_provider_routes(Host& host, const SignIn& sign_in, std::shared_ptr<const void> keeping,
                         std::shared_ptr<const OpenIdSignIns> providers);

}  // namespace dontgoback::core::sign_in
