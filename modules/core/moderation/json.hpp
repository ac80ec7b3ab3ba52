#pragma once

#include "act_store.hpp"
#include "acts.hpp"
#include "case_store.hpp"
#include "dontgoback/json/writer.hpp"

// What moderators read, and members of what concerns them.
namespace dontgoback::core::moderation {

/// An act as who it concerns reads it: not whose it was.
void write(json::Writer& writer, const Act& act);
/// As moderators read it.
void write(json::Writer& writer, const Standing& standing);
/// A case with its target and its author; `with_reports`: and with what was said of it.
enum class Reports { left_out, written };
void write_case(json::Writer& writer, storage::Connection& connection, const Case& of, Reports reports,
                http::Language language);

}  // namespace dontgoback::core::moderation
