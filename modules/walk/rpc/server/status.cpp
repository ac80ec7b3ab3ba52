#include "status.hpp"

namespace dontgoback::walk::rpc {
namespace {

grpc::StatusCode code_of(FailureKind kind) {
  switch (kind) {
    case FailureKind::invalid:
    case FailureKind::too_large:
      return grpc::StatusCode::INVALID_ARGUMENT;
    case FailureKind::unauthenticated:
      return grpc::StatusCode::UNAUTHENTICATED;
    case FailureKind::forbidden:
      return grpc::StatusCode::PERMISSION_DENIED;
    case FailureKind::not_found:
      return grpc::StatusCode::NOT_FOUND;
    case FailureKind::conflict:
      return grpc::StatusCode::FAILED_PRECONDITION;
    case FailureKind::rate_limited:
      return grpc::StatusCode::RESOURCE_EXHAUSTED;
    case FailureKind::unavailable:
      break;
  }
  return grpc::StatusCode::UNAVAILABLE;
}

}  // namespace

grpc::Status status_of(const Failure& failure) { return {code_of(failure.kind), std::string(failure.message.en)}; }

grpc::Status invalid(std::string_view field, std::string_view what) {
  return {grpc::StatusCode::INVALID_ARGUMENT, std::string(field).append(": ").append(what)};
}

}  // namespace dontgoback::walk::rpc
