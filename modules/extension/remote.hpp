#pragma once

#include <memory>
#include <string>

#include "dontgoback/http/client.hpp"
#include "dontgoback/http/peer.hpp"
#include "dontgoback/ports/asset_source.hpp"
#include "dontgoback/ports/token_source.hpp"

namespace dontgoback::extension {

/// The AssetSource of a node that does not run the extension: asks the one at `extension_url`, all queries in one call,
/// within 7 s. An extension of the first release, which answers that call 404, is asked for one account at a time.
/// A 401 renews the token once and asks once more. With a watch it tells /readyz how its calls end, and
/// looks every few minutes whether the extension is there. `client` outlives the result.
std::shared_ptr<ports::AssetSource> make_remote_asset_source(http::Client& client,
                                                             std::shared_ptr<ports::TokenSource> tokens,
                                                             std::string extension_url,
                                                             const http::PeerWatch* watch = nullptr);

}  // namespace dontgoback::extension
