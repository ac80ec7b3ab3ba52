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

void authenticate(Calls& calls, const grpc::ServerContextBase& context,
                  const std::function<void(const Calls::Caller& caller)>& known,
                  const std::function<void(const grpc::Status& status)>& refused) {
  auto token = token_of(context);
  if (!token) return refused(no_token());
  calls.authenticate(std::move(*token), [known, refused](const Result<Calls::Caller>& caller) {
    if (!caller) return refused(status_of(caller.failure()));
    known(*caller);
  });
}

}  // namespace dontgoback::walk::rpc
