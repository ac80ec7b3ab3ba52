#include "call.hpp"

#include "bearer.hpp"
#include "status.hpp"

namespace dontgoback::walk::rpc {

using grpc::StatusCode;

std::optional<std::string> token_of(const grpc::ServerContextBase& context) {
  const auto [first, last] = context.client_metadata().equal_range("authorization");
  if (first == last || std::next(first) != last) return std::nullopt;
  return bearer_token({first->second.data(), first->second.size()});
}

Callers callers_of(const Parts& parts, const grpc::ServerContextBase& context) {
  const bool by_name =
      parts.callers == Settings::Callers::by_name && context.client_metadata().count("authorization") == 0;
  return by_name ? Callers::by_name : Callers::by_token;
}

std::string name_of_share(WalkerId walker) { return "walker " + std::to_string(walker.value); }

grpc::Status no_token() {
  return {StatusCode::UNAUTHENTICATED, "authorization: an access token is needed, as `Bearer TOKEN`, once"};
}
grpc::Status no_message() { return {StatusCode::INVALID_ARGUMENT, "a message is missing, or is not of this method"}; }
grpc::Status came_too_slowly() { return {StatusCode::DEADLINE_EXCEEDED, "The message did not come in time."}; }
grpc::Status too_many_messages() {
  return {StatusCode::RESOURCE_EXHAUSTED, "Too many messages are under way; try again later."};
}

}  // namespace dontgoback::walk::rpc
