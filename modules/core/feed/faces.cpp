#include "faces.hpp"

#include "unlinked_store.hpp"

namespace dontgoback::core::feed {
namespace {

constexpr Failure kSpokeLinked{FailureKind::conflict,
                               {"이 글에서는 이미 내 이름으로 말했습니다. 이어서 쓰려면 같은 모습이어야 합니다.",
                                "You have spoken here under your own name, and go on under it."}};
constexpr Failure kSpokeUnlinked{
    FailureKind::conflict,
    {"이 글에서는 이미 연결되지 않은 모습으로 말했습니다. 이어서 쓰려면 같은 모습이어야 합니다.",
     "You have spoken here unlinked, and go on so."}};

Face face_with(storage::Connection& connection, const accounts::Account& account, std::int64_t number, bool unlinked) {
  if (!unlinked) return {number, false, {}, accounts::AssetType::blue};
  auto shown = accounts::unlinked_name(connection, account);
  return {number, true, std::move(shown.name), shown.type};
}

/// With the name that is shown.
Face named(Face face, const accounts::Account& account) {
  if (!face.unlinked) {
    face.author = account.name();
    face.author_type = account.type();
  }
  return face;
}

}  // namespace

Face face_of_post(storage::Connection& connection, const accounts::Account& account, bool unlinked) {
  return named(face_with(connection, account, 0, unlinked), account);
}

Result<Face> take_face(storage::Connection& connection, PostId id, const PostState& post,
                       const accounts::Account& account, std::optional<bool> unlinked) {
  auto face = find_face(connection, id, account.id);
  const bool is_new = !face;
  if (!face && post.user == account.id) {
    face = Face{};
  } else if (!face) {
    face = face_with(connection, account, next_face(connection, id), unlinked.value_or(false));
  }
  if (unlinked && *unlinked != face->unlinked) return face->unlinked ? kSpokeUnlinked : kSpokeLinked;
  if (is_new) add_face(connection, id, account.id, *face);
  return named(*std::move(face), account);
}

ShownAuthor shown_author(storage::Connection& connection, const accounts::Account& account, const Face& face) {
  if (face.unlinked) accounts::ensure_unlinked(connection);
  return {face.unlinked ? accounts::kUnlinked : account.id, face.author, face.author_type};
}

}  // namespace dontgoback::core::feed
