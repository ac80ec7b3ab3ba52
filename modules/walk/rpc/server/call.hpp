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
  Settings::Callers callers;
};

/// The access token in a call's metadata. Nothing where there is none, or more than one.
std::optional<std::string> token_of(const grpc::ServerContextBase& context);
grpc::Status no_token();
/// Whether what a call names says whose it is: it has no entry for a token, and none is asked for.
bool is_by_name(const Parts& parts, const grpc::ServerContextBase& context);
/// What says whose call it is. Nothing where that would be a token, and there is none.
std::optional<std::string> credential_of(const Parts& parts, const grpc::ServerContextBase& context,
                                         std::string_view named);

/// Asks whose call it is, which names this UUID: `status` instead of `caller` where that cannot be said.
void authenticate(const Parts& parts, const grpc::ServerContextBase& context, std::string_view named,
                  const std::function<void(const Calls::Caller& caller)>& known,
                  const std::function<void(const grpc::Status& status)>& refused);

}  // namespace dontgoback::walk::rpc
