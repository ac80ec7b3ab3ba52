#pragma once

#include <grpcpp/support/status.h>

#include <string>
#include <string_view>

#include "dontgoback/result.hpp"

namespace dontgoback::walk::rpc {

/// The code of the failure, and its English sentence: details are read by who writes clients.
grpc::Status status_of(const Failure& failure);
/// INVALID_ARGUMENT that says which field: `steps: must be 0 to 1000000`.
grpc::Status invalid(std::string_view field, std::string_view what);

}  // namespace dontgoback::walk::rpc
