#include "resource_server/replay_memory.hpp"

#include <algorithm>
#include <cstring>

#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/crypto/hmac.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"

namespace dontgoback::auth {
namespace {

/// So many owners it takes at least to fill the memory.
constexpr std::size_t kOwners = 4;

/// A quarter of a minute.
using Buckets = std::chrono::duration<std::int64_t, std::ratio<15>>;

constexpr std::string_view kFormat = "used identifiers 1\n";
constexpr std::size_t kKey = 32;

/// As this machine has it: the next process runs here too.
template <class T>
void put(std::string& out, const T& value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// False: there is not so much.
template <class T>
bool take(std::string_view& from, T& value) {
  if (from.size() < sizeof value) return false;
  std::memcpy(&value, from.data(), sizeof value);
  from.remove_prefix(sizeof value);
  return true;
}

std::string digest_of(std::string_view text) { return std::string(security::bytes(security::sha256(text))); }

/// The end of the bucket that the moment is in: never before the moment itself.
std::chrono::sys_seconds bucket_of(std::chrono::sys_seconds ends) { return std::chrono::ceil<Buckets>(ends); }

}  // namespace

std::size_t ReplayMemory::NameHash::operator()(const Used& used) const noexcept {
  std::size_t hash;  // of a digest any part is as good as another
  static_assert(sizeof hash <= sizeof used.name);
  std::memcpy(&hash, used.name.data(), sizeof hash);
  return hash;
}

ReplayMemory::ReplayMemory(const time::Clock& clock, std::size_t capacity)
    : clock_(clock),
      capacity_(capacity),
      share_(capacity / kOwners),
      started_(clock.steady()),
      key_(security::random_bytes(32)) {}

time::Timestamp ReplayMemory::started() const {
  const auto age = clock_.steady() - started_;  // read first: late is safe
  return clock_.now() - std::chrono::floor<time::Timestamp::duration>(age);
}

ReplayMemory::Used ReplayMemory::used(std::string_view owner, std::string_view identifier) const {
  static_assert(sizeof(Used) == 16);
  Used used;
  std::memcpy(&used.owner, security::hmac_sha256(key_, owner).data(), sizeof used.owner);
  std::memcpy(used.name.data(), security::hmac_sha256(key_, identifier).data(), used.name.size());
  return used;
}

void ReplayMemory::forget(time::Timestamp now) {
  while (!buckets_.empty() && buckets_.begin()->first <= now) {
    const auto bucket = buckets_.extract(buckets_.begin());
    forgotten_ = bucket.key();
    size_ -= bucket.mapped().size();
    for (const auto& used : bucket.mapped()) {
      const auto count = by_owner_.find(used.owner);
      if (--count->second == 0) by_owner_.erase(count);
    }
  }
}

ReplayMemory::Outcome ReplayMemory::use(std::string_view owner, std::string_view identifier,
                                        std::chrono::sys_seconds ends) {
  const auto entry = used(owner, identifier);
  const std::lock_guard lock(mutex_);
  forget(clock_.now());
  // A clock that was ahead and is set back makes forgotten identifiers good again: they may have been used.
  if (ends <= forgotten_) return Outcome::again;
  // With another end it is still the same identifier. There are few buckets: one for each quarter of a minute that
  // anything is taken ahead.
  const bool known =
      std::any_of(buckets_.begin(), buckets_.end(), [&](const auto& bucket) { return bucket.second.contains(entry); });
  if (known) return Outcome::again;
  const auto of_owner = by_owner_.find(entry.owner);
  if (size_ >= capacity_ || (of_owner != by_owner_.end() && of_owner->second >= share_)) return Outcome::full;
  auto& count = by_owner_[entry.owner];  // before the entry, which counts on it
  buckets_[bucket_of(ends)].insert(entry);
  ++count;
  ++size_;
  return Outcome::first;
}

std::string ReplayMemory::saved() const {
  const std::lock_guard lock(mutex_);
  std::string text(kFormat);
  text += key_;
  put(text, std::chrono::floor<std::chrono::milliseconds>(clock_.steady() - started_).count());
  put(text, forgotten_.time_since_epoch().count());
  for (const auto& [ends, bucket] : buckets_) {
    for (const auto& used : bucket) {
      put(text, ends.time_since_epoch().count());
      put(text, used);
    }
  }
  return text + digest_of(text);
}

bool ReplayMemory::take_over(std::string_view saved) {
  const auto digest = saved.size() < sizeof(security::Digest) ? 0 : saved.size() - sizeof(security::Digest);
  if (saved.substr(digest) != digest_of(saved.substr(0, digest))) return false;
  saved.remove_suffix(sizeof(security::Digest));
  if (!saved.starts_with(kFormat) || saved.size() < kFormat.size() + kKey) return false;
  std::string key(saved.substr(kFormat.size(), kKey));
  saved.remove_prefix(kFormat.size() + kKey);

  std::chrono::milliseconds::rep age = 0;
  std::chrono::sys_seconds::rep forgotten = 0;
  constexpr auto kEach = sizeof forgotten + sizeof(Used);
  if (!take(saved, age) || !take(saved, forgotten) || saved.size() % kEach != 0 || saved.size() / kEach > capacity_) {
    return false;
  }
  const std::lock_guard lock(mutex_);
  for (std::chrono::sys_seconds::rep ends = 0; take(saved, ends);) {
    Used used;
    take(saved, used);
    if (!buckets_[std::chrono::sys_seconds(std::chrono::seconds(ends))].insert(used).second) continue;
    ++by_owner_[used.owner];
    ++size_;
  }
  key_ = std::move(key);
  started_ = clock_.steady() - std::chrono::milliseconds(age);
  forgotten_ = std::chrono::sys_seconds(std::chrono::seconds(forgotten));
  return true;
}

std::size_t ReplayMemory::size() const {
  const std::lock_guard lock(mutex_);
  return size_;
}

}  // namespace dontgoback::auth
