#pragma once

#include <grpcpp/server_context.h>

#include <optional>
#include <string>

#include "../rpc.hpp"
#include "networks.hpp"
#include "shares.hpp"
#include "streams.hpp"

namespace dontgoback::walk::rpc {

/// What calls work with.
struct Parts {
  Calls& calls;
  Streams& streams;
  Shares& messages;   ///< first messages of calls, that are being read
  Shares& strangers;  ///< the same, of calls of which nobody knows yet whose they are
  Shares& uploads;    ///< streams that are told something, of which the next message is always being read
  Settings::Callers callers;
};

/// How it is known whose call it is: by its token, before anything of it is read, by what its message names, or not at
/// all.
enum class Callers { by_token, by_name, anybody };

inline constexpr std::chrono::seconds kMessageComes{10};  ///< or the call that began with it ends

/// The access token in a call's metadata. Nothing where there is none, or more than one.
std::optional<std::string> token_of(const grpc::ServerContextBase& context);
/// By name where that is allowed, and the call has no entry for a token.
Callers callers_of(const Parts& parts, const grpc::ServerContextBase& context);
/// Whose a walker's shares are.
std::string name_of_share(WalkerId walker);

grpc::Status no_token();
grpc::Status no_message();
grpc::Status came_too_slowly();
grpc::Status too_many_messages();

}  // namespace dontgoback::walk::rpc
