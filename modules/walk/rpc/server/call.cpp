#include "call.hpp"

#include "bearer.hpp"
#include "status.hpp"

namespace dontgoback::walk::rpc {

std::optional<std::string> token_of(const grpc::ServerContextBase& context) {
  const auto [first, last] = context.client_metadata().equal_range("authorization");
  if (first == last || std::next(first) != last) return std::nullopt;
  return bearer_token({first->second.data(), first->second.size()});
}

grpc::Status no_token() {
  return {grpc::StatusCode::UNAUTHENTICATED, "authorization: an access token is needed, as `Bearer TOKEN`, once"};
}

bool is_by_name(const Parts& parts, const grpc::ServerContextBase& context) {
  return parts.callers == Settings::Callers::by_name && context.client_metadata().count("authorization") == 0;
}

std::optional<std::string> credential_of(const Parts& parts, const grpc::ServerContextBase& context,
                                         std::string_view named) {
  return is_by_name(parts, context) ? std::optional<std::string>(named) : token_of(context);
}

void authenticate(const Parts& parts, const grpc::ServerContextBase& context, std::string_view named,
                  const std::function<void(const Calls::Caller& caller)>& known,
                  const std::function<void(const grpc::Status& status)>& refused) {
  auto credential = credential_of(parts, context, named);
  if (!credential) return refused(no_token());
  parts.calls.authenticate(std::move(*credential), [known, refused](const Result<Calls::Caller>& caller) {
    if (!caller) return refused(status_of(caller.failure()));
    known(*caller);
  });
}

}  // namespace dontgoback::walk::rpc
