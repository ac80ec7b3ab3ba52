#include "traffic.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <fstream>
#include <stdexcept>

namespace record_steps {
namespace {

constexpr std::int64_t kOffsetMinutes = 540;  // all are in Seoul

std::string today() {
  const auto now = std::time(nullptr) + kOffsetMinutes * 60;
  std::array<char, 16> text{};
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts);
  return text.data();
}

void put_number(std::string& out, char tag, std::uint64_t number) {
  out += tag;
  for (; number > 0x7F; number >>= 7U) out += static_cast<char>((number & 0x7FU) | 0x80U);
  out += static_cast<char>(number);
}

void put_text(std::string& out, char tag, std::string_view text) {
  put_number(out, tag, text.size());
  out += text;
}

std::string framed(const std::string& message) {
  std::string frame(1, '\0');  // not compressed
  for (int shift = 24; shift >= 0; shift -= 8) frame += static_cast<char>((message.size() >> shift) & 0xFFU);
  return frame + message;
}

}  // namespace

Traffic::Traffic(const Settings& settings, const std::string& tokens_file) : settings_(settings), day_(today()) {
  std::ifstream tokens(tokens_file);
  for (std::string uuid, token; tokens >> uuid >> token;) walkers_.push_back({uuid, "Bearer " + token});
  if (walkers_.empty()) throw std::runtime_error("no tokens");
}

std::string_view Traffic::path() const {
  switch (settings_.kind) {
    case Kind::steps:
      return "/step.StepService/RecordSteps";
    case Kind::health:
      return "/grpc.health.v1.Health/Check";
    case Kind::boards:
      return "/walk.v1.WalkService/WatchBoard";
    default:
      return "/walk.v1.WalkService/Record";
  }
}

Walker& Traffic::next() {
  if (settings_.order == Order::random) {
    random_ ^= random_ << 13U;
    random_ ^= random_ >> 7U;
    random_ ^= random_ << 17U;
    return walkers_[random_ % walkers_.size()];
  }
  auto& walker = walkers_[next_];
  next_ = (next_ + 1) % walkers_.size();
  return walker;
}

// As a phone that has counted for a while says it: walk_v1.proto.
void Traffic::put_update(std::string& out, Walker& walker, std::int64_t milliseconds) {
  std::string update;
  put_text(update, '\x0a', day_);
  put_text(update, '\x12', "phone");
  put_number(update, '\x18', 1);
  put_number(update, '\x20', static_cast<std::uint64_t>(++walker.total));
  put_number(update, '\x30', static_cast<std::uint64_t>(++walker.version));
  put_number(update, '\x38', kOffsetMinutes);
  put_number(update, '\x40', static_cast<std::uint64_t>(milliseconds));
  put_text(out, '\x0a', update);
}

std::string Traffic::message(Walker& walker) {
  std::string text;
  if (settings_.kind == Kind::health || settings_.kind == Kind::boards) return framed(text);
  if (settings_.kind == Kind::steps) {
    put_text(text, '\x0a', walker.uuid);
    put_number(text, '\x10', static_cast<std::uint64_t>(++walker.total));
    put_text(text, '\x1a', day_);
    return framed(text);
  }
  const auto now =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  walker.version = std::max(walker.version, now);  // more than those of an earlier run
  for (int i = 0; i < settings_.updates; ++i) put_update(text, walker, now - 1000LL * (settings_.updates - 1 - i));
  return framed(text);
}

}  // namespace record_steps
