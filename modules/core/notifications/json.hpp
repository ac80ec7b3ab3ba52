#pragma once

#include "dontgoback/http/language.hpp"
#include "dontgoback/json/writer.hpp"
#include "model.hpp"

namespace dontgoback::core::notifications {

/// The contract's object, the same in the list and in the stream.
void write(json::Writer& writer, const Notification& notification, http::Language language);

}  // namespace dontgoback::core::notifications
