#include "words.hpp"

#include "accounts/accounts.hpp"

namespace dontgoback::core::exports {
namespace {

constexpr Words kKorean{
    .language = "ko",
    .brand = "돈고백",
    .title = "내가 쓴 글과 내 정보",
    .made = "만든 시각",
    .account = "계정 번호",
    .name = "이름",
    .amount = "자산",
    .role = "구분",
    .status = "상태",
    .email = "이메일",
    .none = "없음",
    .profile = "프로필",
    .open = "공개",
    .hidden = "비공개",
    .created = "만든 날",
    .last_seen = "마지막 방문",
    .terms = "동의한 약관",
    .history = "계정의 변화",
    .when = "시각",
    .reason = "내용",
    .leave_requests = "탈퇴·비활성화 메일 요청",
    .to_close = "탈퇴",
    .to_deactivate = "비활성화",
    .ways_in = "로그인 수단",
    .passkey = "패스키",
    .sessions = "로그인한 기기",
    .device = "기기",
    .address = "주소",
    .unknown = "알 수 없음",
    .used = "마지막 사용",
    .posts = "글",
    .comments = "댓글",
    .on_post = "글 번호",
    .reply_to = "댓글 번호",
    .changed = "수정",
    .earlier = "수정하기 전",
    .deleted = "삭제",
    .likes = "좋아요",
    .unlinked_posts = "연결 없이 쓴 글",
    .unlinked_comments = "연결 없이 쓴 댓글",
    .nameless = accounts::kNoName.ko,
    .removed_at = "삭제 예정",
    .likes_on_posts = "좋아요 한 글",
    .likes_on_comments = "좋아요 한 댓글",
    .replies = "댓글",
    .days = "날마다의 자산",
    .day = "날짜",
    .won = "원",
    .roles = {"방문자", "회원", "관리자", "운영자"},
    .statuses = {"활동", "비활성", "탈퇴 신청", "정지"},
    .read_me =
        "돈고백에서 내려받은 내 데이터입니다.\n"
        "\n"
        "index.html      브라우저로 읽는 문서: 아래의 내용이 모두 들어 있습니다. 인터넷 연결이 필요 없습니다.\n"
        "profile.json    계정: 이름, 자산, 이메일, 설정, 동의한 약관, 상태의 변화, 최근에 요청한 탈퇴·비활성화 메일\n"
        "ways-in.json    로그인 수단: 이메일, 연결한 서비스, 패스키\n"
        "sessions.json   지금 로그인해 있는 기기\n"
        "assets.json     날마다의 자산과 배수\n"
        "posts.json      내가 쓴 글. 지웠지만 아직 보관 중인 글(deletedAt)과 수정하기 전의 글(revisions)도 있습니다.\n"
        "comments.json   내가 쓴 댓글과 답글. 마찬가지로 지운 것과 수정하기 전의 것도 있습니다.\n"
        "unlinked.json   연결 없이 쓴 글과 댓글. moderation.json과 notifications.json에도 그 번호가 있을 수 있습니다.\n"
        "moderation.json 내 글과 계정에 대한 운영자의 조치, 내가 한 신고\n"
        "choices.json    차단하고 뮤트한 사람, 숨긴 단어와 글, 저장한 글의 번호\n"
        "notifications.json  받은 알림\n"
        "likes.json      내가 좋아요를 누른 글과 댓글의 번호\n"
        "\n"
        "JSON 파일은 UTF-8이고 시각은 협정 세계시(UTC)입니다. 다른 사람이 쓴 글은 들어 있지 않습니다.\n"
        "이 파일에는 개인 정보가 있으니 다른 사람에게 건네지 마세요.\n"};

constexpr Words kEnglish{
    .language = "en",
    .brand = "dontgoback",
    .title = "What I wrote and who I am",
    .made = "Made at",
    .account = "Account",
    .name = "Name",
    .amount = "Asset",
    .role = "Role",
    .status = "State",
    .email = "E-mail",
    .none = "none",
    .profile = "Profile",
    .open = "public",
    .hidden = "private",
    .created = "Created",
    .last_seen = "Last seen",
    .terms = "Accepted terms",
    .history = "What became of the account",
    .when = "When",
    .reason = "What",
    .leave_requests = "Mails to leave that were asked for",
    .to_close = "to close the account",
    .to_deactivate = "to deactivate the account",
    .ways_in = "Ways in",
    .passkey = "Passkey",
    .sessions = "Signed-in devices",
    .device = "Device",
    .address = "Address",
    .unknown = "unknown",
    .used = "Last used",
    .posts = "Posts",
    .comments = "Comments",
    .on_post = "on post",
    .reply_to = "reply to comment",
    .changed = "changed",
    .earlier = "Before it was changed:",
    .deleted = "deleted",
    .likes = "Likes",
    .unlinked_posts = "Posts written unlinked",
    .unlinked_comments = "Comments written unlinked",
    .nameless = accounts::kNoName.en,
    .removed_at = "to be removed",
    .likes_on_posts = "Liked posts",
    .likes_on_comments = "Liked comments",
    .replies = "Comments",
    .days = "The asset day by day",
    .day = "Day",
    .won = " won",
    .roles = {"Guest", "Member", "Admin", "Moderator"},
    .statuses = {"active", "inactive", "about to be closed", "suspended"},
    .read_me =
        "Your data, downloaded from dontgoback.\n"
        "\n"
        "index.html      to be read in a browser: all of what follows. Needs no connection.\n"
        "profile.json    the account: name, asset, e-mail address, settings, accepted terms, what became of it,\n"
        "                mails to leave that were asked for lately\n"
        "ways-in.json    how you sign in: e-mail address, linked services, passkeys\n"
        "sessions.json   the devices that are signed in now\n"
        "assets.json     the asset and its multiplier of each day\n"
        "posts.json      what you posted, with what you deleted and is still kept (deletedAt), and what it said before "
        "you\n"
        "                edited it (revisions)\n"
        "comments.json   your comments and replies, the same\n"
        "unlinked.json   what you wrote unlinked; moderation.json and notifications.json may have its numbers, too\n"
        "moderation.json what moderators did to your posts and account, and what you reported\n"
        "choices.json    whom you block and mute, the words and posts that you hide, the posts that you saved\n"
        "notifications.json  what you were told\n"
        "likes.json      the numbers of the posts and comments that you liked\n"
        "\n"
        "The JSON files are UTF-8, their times UTC. What other people wrote is not in here.\n"
        "These files are about you: take care whom you give them to.\n"};

}  // namespace

const Words& words_in(http::Language language) { return language == http::Language::ko ? kKorean : kEnglish; }

}  // namespace dontgoback::core::exports
