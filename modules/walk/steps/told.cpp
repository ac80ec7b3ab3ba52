#include "told.hpp"

#include <limits>

namespace dontgoback::walk::steps {
namespace {

constexpr char kForm = 1;
constexpr std::size_t kMostHours = 25;
constexpr std::size_t kMostPoints = 25;  // the last at the day's very end
constexpr std::int64_t kMostMinutes = 800 * kMinutesOfDay;

constexpr std::uint64_t kHasOffset = 1, kHasMoments = 2, kTakenBack = 4, kFirstRelease = 8;  // flags

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}
  void number(std::uint64_t n) {
    while (n >= 0x80) {
      out_ += static_cast<char>(0x80U | (n & 0x7FU));
      n >>= 7U;
    }
    out_ += static_cast<char>(n);
  }
  void signed_number(std::int64_t n) {
    number((static_cast<std::uint64_t>(n) << 1U) ^ static_cast<std::uint64_t>(n >> 63));
  }
  void text(std::string_view text) {
    number(text.size());
    out_ += text;
  }

 private:
  std::string& out_;
};

/// Reads what `Writer` writes, in its shortest form only. Once something is wrong, all that follows is 0.
class Reader {
 public:
  explicit Reader(std::string_view in) : in_(in) {}
  bool good() const { return good_; }
  bool at_end() const { return in_.empty(); }

  std::uint64_t number(std::uint64_t most) {
    std::uint64_t n = 0;
    for (unsigned shift = 0; shift < 64 && !in_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(in_.front());
      in_.remove_prefix(1);
      const std::uint64_t bits = byte & 0x7FU;
      if (shift == 63 && bits > 1) break;
      n |= bits << shift;
      if (byte < 0x80) {
        if ((byte == 0 && shift > 0) || n > most) break;
        return n;
      }
    }
    return fail();
  }
  std::int64_t signed_number(std::int64_t least, std::int64_t most) {
    const auto zigzag = number(std::numeric_limits<std::uint64_t>::max());
    const auto n = static_cast<std::int64_t>(zigzag >> 1U) ^ -static_cast<std::int64_t>(zigzag & 1U);
    if (n < least || n > most) return static_cast<std::int64_t>(fail());
    return n;
  }
  std::int32_t count(std::int64_t most) { return static_cast<std::int32_t>(number(static_cast<std::uint64_t>(most))); }
  std::string text(std::size_t most) {
    const auto size = number(most);
    if (size > in_.size()) {
      fail();
      return {};
    }
    std::string text(in_.substr(0, size));
    in_.remove_prefix(size);
    return text;
  }
  std::uint64_t fail() {
    good_ = false;
    in_ = {};
    return 0;
  }

 private:
  std::string_view in_;
  bool good_ = true;
};

void write(Writer& writer, const Said& said) {
  const bool first_release = said.source == Source::first_release;
  writer.text(said.device);
  writer.number((said.offset_minutes ? kHasOffset : 0U) | (said.first ? kHasMoments : 0U) |
                (said.taken_back ? kTakenBack : 0U) | (first_release ? kFirstRelease : 0U));
  if (said.offset_minutes) writer.signed_number(*said.offset_minutes);
  writer.number(static_cast<std::uint64_t>(said.source));
  writer.number(static_cast<std::uint64_t>(said.version));
  writer.number(static_cast<std::uint64_t>(said.total));
  writer.number(static_cast<std::uint64_t>(said.measured));
  if (said.first) {
    writer.number(static_cast<std::uint64_t>(*said.first));
    writer.number(static_cast<std::uint64_t>(said.last - *said.first));
  }
  writer.number(said.hours.size());
  for (const auto steps : said.hours) writer.number(static_cast<std::uint64_t>(steps));
  writer.number(said.points.size());
  Checkpoint previous{-1, 0};
  for (const auto& point : said.points) {
    writer.number(static_cast<std::uint64_t>(point.minute - previous.minute - 1));
    writer.signed_number(point.total - previous.total);
    previous = point;
  }
  if (first_release) {
    writer.number(static_cast<std::uint64_t>(said.before));
    writer.number(static_cast<std::uint64_t>(said.told_at));
  }
}

void read_points(Reader& reader, std::vector<Checkpoint>& points) {
  Checkpoint previous{-1, 0};
  points.resize(reader.number(kMostPoints));
  for (auto& point : points) {
    const std::int64_t minute = previous.minute + 1 + reader.count(kMinutesOfDay);
    const std::int64_t total = previous.total + reader.signed_number(-kMostSteps, kMostSteps);
    if (minute > kMinutesOfDay || total < 0 || total > kMostSteps) reader.fail();
    point = previous = {static_cast<std::int32_t>(minute), static_cast<std::int32_t>(total)};
  }
}

Said read(Reader& reader) {
  Said said;
  said.device = reader.text(kLongestDevice);
  const auto flags = reader.number(15);
  if ((flags & kHasOffset) != 0) said.offset_minutes = reader.signed_number(-kMinutesOfDay, kMinutesOfDay);
  said.source = static_cast<Source>(reader.number(static_cast<std::uint64_t>(Source::first_release)));
  said.version = static_cast<std::int64_t>(reader.number(std::numeric_limits<std::int64_t>::max()));
  said.total = reader.count(kMostSteps);
  said.measured = reader.count(kMostMinutes);
  if ((flags & kHasMoments) != 0) {
    said.first = reader.count(kMinutesOfDay);
    said.last = *said.first + reader.count(kMinutesOfDay - *said.first);
  }
  said.taken_back = (flags & kTakenBack) != 0;
  said.hours.resize(reader.number(kMostHours));
  for (auto& steps : said.hours) steps = reader.count(kMostSteps);
  if (!said.hours.empty() && said.hours.back() == 0) reader.fail();
  read_points(reader, said.points);
  if ((said.source == Source::first_release) != ((flags & kFirstRelease) != 0)) reader.fail();
  if (said.source == Source::first_release) {
    said.before = reader.count(kMostSteps);
    said.told_at = static_cast<std::int64_t>(reader.number(std::numeric_limits<std::int64_t>::max()));
  }
  return said;
}

}  // namespace

std::string encode(const Told& told) {
  std::string out;
  out.reserve(64 * told.said.size() + 2);
  out += kForm;
  Writer writer(out);
  writer.number(told.said.size());
  for (const auto& said : told.said) write(writer, said);
  return out;
}

std::optional<Told> decode(std::string_view bytes) {
  if (bytes.empty() || bytes.front() != kForm) return std::nullopt;
  Reader reader(bytes.substr(1));
  Told told;
  const auto size = reader.number(kMostSaid);
  told.said.reserve(size);
  for (std::uint64_t i = 0; i < size; ++i) told.said.push_back(read(reader));
  if (!reader.good() || !reader.at_end()) return std::nullopt;
  return told;
}

}  // namespace dontgoback::walk::steps
