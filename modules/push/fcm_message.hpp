#pragma once

#include <string>
#include <string_view>

#include "answer.hpp"
#include "dontgoback/push/message.hpp"

namespace dontgoback::push {

/// The body of `projects.messages.send` (https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages). An
/// app is given `data` and where to go, `path`.
std::string fcm_body(const std::string& token, const Message& message, time::Timestamp now);

/// From the status of FCM's answer, its `Retry-After` and the error in it
/// (https://firebase.google.com/docs/reference/fcm/rest/v1/ErrorCode). Only its word that a token is unregistered is
/// one on the device. Pure.
Answer judge_fcm(int status, const std::string& retry_after, std::string_view body);

}  // namespace dontgoback::push
