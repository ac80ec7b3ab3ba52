#include "tar.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>

namespace dontgoback::backup {
namespace {

constexpr std::size_t kBlock = 512;
using Block = std::array<char, kBlock>;

struct Field {
  std::size_t offset;
  std::size_t size;
};
constexpr Field kName{0, 100}, kMode{100, 8}, kUser{108, 8}, kGroup{116, 8}, kSize{124, 12}, kModified{136, 12},
    kChecksum{148, 8}, kType{156, 1}, kMagic{257, 8}, kUserName{265, 32}, kGroupName{297, 32};
constexpr std::string_view kUstar("ustar\00000", 8);
constexpr std::uint64_t kLargestOctal = 077777777777;

[[noreturn]] void damaged() { throw BadArchive("is damaged: its parts are not where they should be"); }

void put_text(Block& block, Field field, std::string_view text) {
  std::copy_n(text.data(), std::min(text.size(), field.size), block.data() + field.offset);
}

void put_number(Block& block, Field field, std::uint64_t number) {
  char* const begin = block.data() + field.offset;
  if (number > kLargestOctal) {  // base 256, marked by the first bit
    for (std::size_t i = field.size; i-- > 1; number >>= 8) begin[i] = static_cast<char>(number & 0xff);
    begin[0] = static_cast<char>(0x80);
    return;
  }
  for (std::size_t i = field.size - 1; i-- > 0; number >>= 3) begin[i] = static_cast<char>('0' + (number & 7));
}

std::string text_of(const Block& block, Field field) {
  const char* const begin = block.data() + field.offset;
  return {begin, std::find(begin, begin + field.size, '\0')};
}

std::uint64_t number_of(const Block& block, Field field) {
  const auto* const begin = reinterpret_cast<const unsigned char*>(block.data() + field.offset);
  std::uint64_t number = 0;
  if ((begin[0] & 0x80) != 0) {
    for (std::size_t i = field.size - 8; i < field.size; ++i) number = number << 8 | begin[i];
    return number;
  }
  for (std::size_t i = 0; i < field.size && begin[i] != '\0'; ++i) {
    if (begin[i] == ' ') continue;
    if (begin[i] < '0' || begin[i] > '7') damaged();
    number = number << 3 | (begin[i] - '0');
  }
  return number;
}

std::uint64_t checksum_of(Block block) {
  std::fill_n(block.data() + kChecksum.offset, kChecksum.size, ' ');
  std::uint64_t sum = 0;
  for (const char c : block) sum += static_cast<unsigned char>(c);
  return sum;
}

std::uint64_t padding_of(std::uint64_t size) { return (kBlock - size % kBlock) % kBlock; }

bool is_zero(const Block& block) {
  return std::all_of(block.begin(), block.end(), [](char c) { return c == '\0'; });
}

}  // namespace

void TarWriter::begin(const Member& member) {
  if (member.name.empty() || member.name.size() > kName.size) throw std::logic_error("tar: a name of up to 100 bytes");
  Block block{};
  put_text(block, kName, member.name);
  put_number(block, kMode, member.mode & 07777);
  put_number(block, kUser, 0);
  put_number(block, kGroup, 0);
  put_number(block, kSize, member.size);
  put_number(block, kModified, static_cast<std::uint64_t>(std::max<std::int64_t>(0, member.modified)));
  put_text(block, kType, "0");
  put_text(block, kMagic, kUstar);
  put_text(block, kUserName, member.owner.substr(0, kUserName.size - 1));
  put_text(block, kGroupName, member.group.substr(0, kGroupName.size - 1));
  put_number(block, {kChecksum.offset, 7}, checksum_of(block));
  block[kChecksum.offset + 7] = ' ';
  sink_({block.data(), block.size()});
  left_ = size_ = member.size;
}

void TarWriter::write(std::string_view bytes) {
  if (bytes.size() > left_) throw std::runtime_error("a file grew while it was read");
  left_ -= bytes.size();
  sink_(bytes);
}

void TarWriter::end() {
  if (left_ != 0) throw std::runtime_error("a file shrank while it was read");
  static constexpr Block kZeros{};
  sink_({kZeros.data(), static_cast<std::size_t>(padding_of(size_))});
}

void TarWriter::finish() {
  static constexpr Block kZeros{};
  sink_({kZeros.data(), kZeros.size()});
  sink_({kZeros.data(), kZeros.size()});
}

void TarReader::fill(char* buffer, std::size_t size) {
  while (size > 0) {
    const auto got = source_(buffer, size);
    if (got == 0) throw BadArchive("is cut short");
    buffer += got;
    size -= got;
  }
}

std::optional<Member> TarReader::next() {
  Block block{};
  if (left_ != 0) throw std::logic_error("tar: the member before was not read to its end");
  fill(block.data(), static_cast<std::size_t>(padding_));
  padding_ = 0;
  fill(block.data(), block.size());
  if (is_zero(block)) {
    fill(block.data(), block.size());
    if (!is_zero(block) || source_(block.data(), block.size()) != 0) damaged();
    return std::nullopt;
  }
  if (text_of(block, kMagic) != "ustar" || number_of(block, kChecksum) != checksum_of(block) ||
      text_of(block, kType) != "0") {
    damaged();
  }
  Member member{
      text_of(block, kName),     number_of(block, kSize),    static_cast<unsigned>(number_of(block, kMode) & 07777),
      text_of(block, kUserName), text_of(block, kGroupName), static_cast<std::int64_t>(number_of(block, kModified))};
  left_ = member.size;
  padding_ = padding_of(member.size);
  return member;
}

std::size_t TarReader::read(char* buffer, std::size_t size) {
  const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(size, left_));
  if (wanted == 0) return 0;
  fill(buffer, wanted);
  left_ -= wanted;
  return wanted;
}

}  // namespace dontgoback::backup
