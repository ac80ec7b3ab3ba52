#include "shared/redis/resp.hpp"

#include <hiredis/hiredis.h>
#include <hiredis/read.h>

#include <memory>
#include <new>

namespace dontgoback::shared {
namespace {

// What hiredis has not taken apart yet: a reply begun, and those behind it that one read brings.
constexpr std::size_t kMostUnread = 64 * 1024;

Reply* place_of(const redisReadTask* task) {
  if (task->parent == nullptr) return new Reply;
  return &static_cast<Reply*>(task->parent->obj)->elements.at(static_cast<std::size_t>(task->idx));
}

// Called from C: nothing may be thrown. Null is "out of memory" to hiredis, which gives up the connection.
template <class Fill>
void* make(const redisReadTask* task, Fill fill) noexcept {
  Reply* reply = nullptr;
  try {
    reply = place_of(task);
    fill(*reply);
    return reply;
  } catch (...) {
    if (task->parent == nullptr) delete reply;
    return nullptr;
  }
}

void* make_text(const redisReadTask* task, char* bytes, std::size_t size) {
  if (size > ReplyReader::kLongestText) return nullptr;
  return make(task, [&](Reply& reply) {
    reply.kind = task->type == REDIS_REPLY_ERROR    ? Reply::Kind::error
                 : task->type == REDIS_REPLY_STATUS ? Reply::Kind::status
                                                    : Reply::Kind::text;
    reply.text.assign(bytes, size);
  });
}

void* make_array(const redisReadTask* task, int size) {
  if (size < 0 || static_cast<std::size_t>(size) > ReplyReader::kMostElements) return nullptr;
  return make(task, [&](Reply& reply) {
    reply.kind = Reply::Kind::array;
    reply.elements.resize(static_cast<std::size_t>(size));
  });
}

void* make_integer(const redisReadTask* task, long long number) {
  return make(task, [&](Reply& reply) {
    reply.kind = Reply::Kind::integer;
    reply.integer = number;
  });
}

void* make_nil(const redisReadTask* task) {
  return make(task, [](Reply&) {});
}

void free_reply(void* reply) { delete static_cast<Reply*>(reply); }

redisReplyObjectFunctions kFunctions{make_text, make_array, make_integer, make_nil, free_reply};

}  // namespace

void ReplyReader::Free::operator()(redisReader* reader) const { redisReaderFree(reader); }

ReplyReader::ReplyReader() : reader_(redisReaderCreateWithFunctions(&kFunctions)) {
  if (reader_ == nullptr) throw std::bad_alloc();
}

void ReplyReader::feed(std::string_view bytes) {
  if (reader_->len - reader_->pos + bytes.size() > kMostUnread) throw NotUnderstood("a reply is too long");
  if (redisReaderFeed(reader_.get(), bytes.data(), bytes.size()) != REDIS_OK) {
    throw NotUnderstood("what is answered is no RESP2");
  }
}

std::optional<Reply> ReplyReader::next() {
  void* made = nullptr;
  if (redisReaderGetReply(reader_.get(), &made) != REDIS_OK) throw NotUnderstood("what is answered is no RESP2");
  if (made == nullptr) return std::nullopt;
  const std::unique_ptr<Reply> reply(static_cast<Reply*>(made));
  return std::move(*reply);
}

std::string command(std::span<const std::string_view> words) {
  std::vector<const char*> begins;
  std::vector<std::size_t> sizes;
  for (const auto word : words) {
    begins.push_back(word.data() == nullptr ? "" : word.data());
    sizes.push_back(word.size());
  }
  char* formatted = nullptr;
  const int size = redisFormatCommandArgv(&formatted, static_cast<int>(words.size()), begins.data(), sizes.data());
  if (size < 0) throw std::bad_alloc();
  const std::unique_ptr<char, decltype(&redisFreeCommand)> owner(formatted, &redisFreeCommand);
  return {formatted, static_cast<std::size_t>(size)};
}

}  // namespace dontgoback::shared
