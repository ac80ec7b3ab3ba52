#pragma once

#include <grpcpp/server_context.h>

#include <optional>
#include <string>

#include "../rpc.hpp"
#include "streams.hpp"

namespace dontgoback::walk::rpc {

/// What calls work with.
struct Parts {
  Calls& calls;
  Streams& streams;
};

/// The access token in a call's metadata. Nothing where there is none, or more than one.
std::optional<std::string> token_of(const grpc::ServerContextBase& context);
grpc::Status no_token();

/// Asks whose call it is: `status` instead of `caller` where that cannot be said.
void authenticate(Calls& calls, const grpc::ServerContextBase& context,
                  const std::function<void(const Calls::Caller& caller)>& known,
                  const std::function<void(const grpc::Status& status)>& refused);

}  // namespace dontgoback::walk::rpc
