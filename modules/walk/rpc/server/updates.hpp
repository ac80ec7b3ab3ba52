#pragma once

#include <grpcpp/support/status.h>

#include <string_view>
#include <variant>
#include <vector>

#include "../rpc.hpp"
#include "step.pb.h"
#include "walk_v1.pb.h"

// What clients sent, read and judged: pure functions.
namespace dontgoback::walk::rpc {

/// What was read, or INVALID_ARGUMENT or PERMISSION_DENIED.
template <class T>
using Read = std::variant<T, grpc::Status>;

Read<std::vector<steps::Update>> updates_of(const ::walk::v1::RecordRequest& request, const Calls& calls);
/// Of `caller`, and nobody else.
Read<std::vector<steps::Update>> updates_of(const ::step::StepInput& input, const Calls::Caller& caller,
                                            const Calls& calls);

/// Whether the two are one UUID, whatever the case of `text`.
bool is_uuid(std::string_view text, std::string_view lower_case);

}  // namespace dontgoback::walk::rpc
