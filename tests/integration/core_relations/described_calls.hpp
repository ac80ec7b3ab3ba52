#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

// What each call of the API has to do with who is blocked. Who adds a call says it here, or the test fails.
namespace dontgoback::test {

/// A request with `{post}`, `{comment}`, `{reply}`, `{user}`, `{session}` and `{act}` for what is the other's, and
/// `{third}` for a post of somebody else that both have answered.
struct Way {
  std::string_view target;
  std::string_view body{};
};

struct Known {
  enum class Kind {
    names,          ///< has an id of theirs in it: answers as for what is deleted, or as for nobody
    as_if_away,     ///< a list: what it is while the other is suspended, but for nothing
    as_before,      ///< a list of one's own: the same as before the block
    tells_nothing,  ///< a list: nothing in it is of the other
    of_nobody,      ///< can have nothing of another, and takes no id of anybody's
    elsewhere,      ///< an answer of a form of its own, which another test looks into
  };
  Kind kind;
  std::vector<Way> ways;
};

inline const std::map<std::string_view, Known>& known_calls() {
  using enum Known::Kind;
  static constexpr std::string_view kReason = R"({"reason":"x"})";
  static constexpr std::string_view kText = R"({"content":"x"})";
  static const Known kNothing{of_nobody, {}};
  static const std::map<std::string_view, Known> kAll{
      // Posts and comments.
      {"feed", {as_if_away, {{"/api/v1/feeds?size=50"}, {"/api/v1/feeds?size=2"}}}},
      {"searchFeeds", {as_if_away, {{"/api/v1/search/feeds?q=%EB%82%98%EB%AC%B4"}}}},
      {"popularFeeds", {as_if_away, {{"/api/v1/feeds/popular"}}}},
      {"feedsOfTopic", {as_if_away, {{"/api/v1/feeds/topics/%EB%82%98%EB%AC%B4"}}}},
      {"savedPosts", {as_if_away, {{"/api/v1/feeds/saved"}}}},
      {"likedPosts", {as_if_away, {{"/api/v1/feeds/liked"}}}},
      {"archivedPosts", {as_before, {{"/api/v1/feeds/archived"}}}},
      {"unlinkedPosts", {as_before, {{"/api/v1/feeds/unlinked"}}}},
      {"unlinkedComments", {as_before, {{"/api/v1/comments/unlinked"}}}},
      {"removeUnlinked", kNothing},
      {"keepUnlinked", kNothing},
      {"createPost", kNothing},
      {"feedOfAuthor",
       {names, {{"/api/v1/feeds/profile?userId={user}"}, {"/api/v1/feeds/profile?userId={user}&type=RED"}}}},
      {"post", {names, {{"/api/v1/feeds/{post}"}}}},
      {"editPost", {names, {{"/api/v1/feeds/{post}", kText}}}},
      {"deletePost", {names, {{"/api/v1/feeds/{post}"}}}},
      {"postRevisions", {names, {{"/api/v1/feeds/{post}/revisions"}}}},
      {"archivePost", {names, {{"/api/v1/feeds/{post}/archived"}}}},
      {"unarchivePost", {names, {{"/api/v1/feeds/{post}/archived"}}}},
      {"savePost", {names, {{"/api/v1/feeds/{post}/saved"}}}},
      {"unsavePost", {names, {{"/api/v1/feeds/{post}/saved"}}}},
      {"dismissPost", {names, {{"/api/v1/feeds/{post}/hidden"}}}},
      {"undismissPost", {names, {{"/api/v1/feeds/{post}/hidden"}}}},
      {"togglePostLike", {names, {{"/api/v1/feedLikes/{post}"}}}},
      {"likePost", {names, {{"/api/v1/feedLikes/{post}"}}}},
      {"unlikePost", {names, {{"/api/v1/feedLikes/{post}"}}}},
      {"toggleCommentLike", {names, {{"/api/v1/commentLikes/{comment}"}, {"/api/v1/commentLikes/{reply}"}}}},
      {"likeComment", {names, {{"/api/v1/commentLikes/{comment}"}, {"/api/v1/commentLikes/{reply}"}}}},
      {"unlikeComment", {names, {{"/api/v1/commentLikes/{comment}"}, {"/api/v1/commentLikes/{reply}"}}}},
      {"comments",
       {names,
        {{"/api/v1/comments/{post}"},
         {"/api/v1/comments/{post}?view=threads"},
         {"/api/v1/comments/{third}?parentCommentId={comment}"}}}},
      {"ownComments", {as_if_away, {{"/api/v1/comments/mine"}}}},
      {"createComment",
       {names,
        {{"/api/v1/comments", R"({"feedId":{post},"parentCommentId":null,"content":"x"})"},
         {"/api/v1/comments", R"({"feedId":{third},"parentCommentId":{comment},"content":"x"})"}}}},
      {"editComment", {names, {{"/api/v1/comments/{comment}", kText}, {"/api/v1/comments/{reply}", kText}}}},
      {"deleteComment", {names, {{"/api/v1/comments/{comment}"}, {"/api/v1/comments/{reply}"}}}},
      {"commentRevisions", {names, {{"/api/v1/comments/{comment}/revisions"}, {"/api/v1/comments/{reply}/revisions"}}}},

      // Members, and whom one has turned away from.
      {"user", {names, {{"/api/v1/users/{user}"}}}},
      {"assetHistory", {names, {{"/api/v1/users/{user}/asset-histories?from=2026-01-01&to=2026-12-31"}}}},
      {"assetFacts", {names, {{"/api/v1/users/{user}/asset-facts"}}}},
      {"today", {as_before, {{"/api/v1/assets/today"}}}},
      {"network", kNothing},
      {"blocks", {as_before, {{"/api/v1/blocks"}}}},
      {"block", {names, {{"/api/v1/blocks/{user}"}}}},
      {"unblock", {names, {{"/api/v1/blocks/{user}"}}}},
      {"mutes", {as_before, {{"/api/v1/mutes"}}}},
      {"mute", {names, {{"/api/v1/mutes/{user}"}}}},
      {"unmute", {names, {{"/api/v1/mutes/{user}"}}}},
      {"hiddenWords", {as_before, {{"/api/v1/hidden-words"}}}},
      {"hideWords", kNothing},

      // What one is told.
      {"notifications", {tells_nothing, {{"/api/v1/notifications?size=50"}}}},
      {"notificationStream", {elsewhere, {}}},  // beside the lists
      {"readNotifications", kNothing},
      {"pushKey", kNothing},
      {"subscribeToPushes", kNothing},
      {"unsubscribeFromPushes", kNothing},

      // Reports, and what moderators do. Their own screens show them those whom they block.
      {"report",
       {names,
        {{"/api/v1/reports", R"({"targetType":"FEED","targetId":{post},"reason":"SPAM"})"},
         {"/api/v1/reports", R"({"targetType":"COMMENT","targetId":{comment},"reason":"SPAM"})"},
         {"/api/v1/reports", R"({"targetType":"COMMENT","targetId":{reply},"reason":"SPAM"})"},
         {"/api/v1/reports", R"({"targetType":"USER","targetId":{user},"reason":"SPAM"})"}}}},
      {"ownModerationActs", {as_before, {{"/api/v1/moderation/acts"}}}},
      {"object", {names, {{"/api/v1/moderation/objections", R"({"actId":{act},"text":"x"})"}}}},
      {"reports", {as_before, {{"/api/v1/admin/reports"}}}},
      {"reportInFull", {names, {{"/api/v1/admin/reports/{act}"}}}},
      {"decideReport", {names, {{"/api/v1/admin/reports/{act}", R"({"decision":"DISMISS"})"}}}},
      // Of walkers, whom nothing ties to accounts.
      {"walkReports", kNothing},
      {"decideWalkReport", kNothing},
      {"hidePost", {names, {{"/api/v1/admin/feeds/{post}/hide", kReason}}}},
      {"restorePost", {names, {{"/api/v1/admin/feeds/{post}/restore", kReason}}}},
      {"hideComment", {names, {{"/api/v1/admin/comments/{comment}/hide", kReason}}}},
      {"restoreComment", {names, {{"/api/v1/admin/comments/{comment}/restore", kReason}}}},
      {"lookBehindPost", {names, {{"/api/v1/admin/feeds/{post}/author", kReason}}}},
      {"lookBehindComment", {names, {{"/api/v1/admin/comments/{comment}/author", kReason}}}},
      {"readPostRevisions", {names, {{"/api/v1/admin/feeds/{post}/revisions"}}}},
      {"readCommentRevisions", {names, {{"/api/v1/admin/comments/{comment}/revisions"}}}},
      {"stopAuthorOfPost", {names, {{"/api/v1/admin/feeds/{post}/stop", kReason}}}},
      {"stopAuthorOfComment", {names, {{"/api/v1/admin/comments/{comment}/stop", kReason}}}},
      {"suspendUser", {names, {{"/api/v1/admin/users/{user}/suspend", kReason}}}},
      {"liftUser", {names, {{"/api/v1/admin/users/{user}/lift", kReason}}}},
      {"moderationRules", {as_before, {{"/api/v1/admin/rules"}}}},
      {"setModerationRules", kNothing},
      {"nodeStatus", kNothing},
      {"auditTrail", {as_before, {{"/api/v1/admin/audit"}}}},

      // One's own account, sessions and ways in: ids are of one's own, and links and codes are secrets.
      {"me", {as_before, {{"/api/v1/users/me"}}}},
      {"settings", {as_before, {{"/api/v1/users/me/settings"}}}},
      {"changeSettings", kNothing},
      {"export", {elsewhere, {}}},  // tests/e2e/members/test_export.py
      {"leave", kNothing},
      {"showCloseLink", kNothing},
      {"useCloseLink", kNothing},
      {"requestClose", kNothing},
      {"showDeactivateLink", kNothing},
      {"useDeactivateLink", kNothing},
      {"requestDeactivate", kNothing},
      {"walkerTicket", kNothing},
      {"sessions", {as_before, {{"/api/v1/sessions"}}}},
      {"endOtherSessions", kNothing},
      {"endSession", {names, {{"/api/v1/sessions/{session}"}}}},
      {"showHandOverCode", kNothing},
      {"handOver", {as_before, {{"/api/v1/sessions/hand-over"}}}},
      {"cancelHandOver", kNothing},
      {"confirmHandOver", kNothing},
      {"claimHandOver", kNothing},
      {"handOverClaim", kNothing},
      {"finishHandOver", kNothing},
      {"passkeys", {as_before, {{"/api/v1/users/me/passkeys"}}}},
      {"createPasskey", kNothing},
      {"passkeyOptions", kNothing},
      {"deletePasskey", {names, {{"/api/v1/users/me/passkeys/{session}"}}}},
      {"identities", {as_before, {{"/api/v1/users/me/identities"}}}},
      {"linkIdentity", kNothing},
      {"unlinkIdentity", kNothing},

      // Before there is an account, and what is of none.
      {"startAsGuest", kNothing},
      {"renewSession", kNothing},
      {"signOut", kNothing},
      {"showSignInLink", kNothing},
      {"useSignInLink", kNothing},
      {"askForEmailLink", kNothing},
      {"useEmailCode", kNothing},
      {"showEmailLink", kNothing},
      {"useEmailLink", kNothing},
      {"signInProviders", {as_before, {{"/api/v1/sign-in-providers"}}}},
      {"showSignUp", kNothing},
      {"signUp", kNothing},
      {"passkeySignInOptions", kNothing},
      {"signInByPasskey", kNothing},
      {"beginProviderSignIn", kNothing},
      {"endProviderSignIn", kNothing},
      {"takeProviderForm", kNothing},
      {"takeProviderNotification", kNothing},
      {"sessionKeys", kNothing},
      {"openapi", kNothing},
      {"docs", kNothing},
      {"docsStyle", kNothing},
  };
  return kAll;
}

}  // namespace dontgoback::test
