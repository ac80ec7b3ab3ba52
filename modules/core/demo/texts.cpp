#include "texts.hpp"

#include <array>

namespace dontgoback::core::demo {
namespace {

using http::Role;

constexpr std::array<Member, 10> kMembers{{
    {"admin@demo.example", Role::admin},
    {"nabi@demo.example", Role::user},
    {"haru@demo.example", Role::user},
    {"byeol@demo.example", Role::user},
    {"sol@demo.example", Role::user},
    {"cafe@demo.example", Role::user},
    {"namu@demo.example", Role::user},
    {"gaemi@demo.example", Role::user},
    {"sogeum@demo.example", Role::user},
    {"dal@demo.example", Role::user},
}};

constexpr std::array<DemoComment, 3> kComments0{{
    {2, 35, "이름이 매일 바뀐다니 신기해요. 잘 부탁드려요!"},
    {0, 50, "반갑습니다. 편하게 이야기 나눠 주세요.", true},
    {7, 120, "내일은 더 큰 이름으로 돌아오겠습니다 ㅋㅋ"},
}};
constexpr std::array<DemoComment, 3> kComments1{{
    {3, 20, "첫 월급 축하해요! 고기가 최고죠."},
    {6, 64, "그 마음이면 내복이든 고기든 다 좋아하실 겁니다. 남은 걸로 청약통장 하나는 꼭 만들어 두세요."},
    {1, 80, "청약통장 메모했습니다. 감사합니다!", true},
}};
constexpr std::array<DemoComment, 3> kComments2{{
    {5, 25, "카페 사장은 이 글을 보고 웁니다…"},
    {8, 31, "사장님 죄송해요. 다음 달 1일에 아메리카노 마시러 갈게요.", true},
    {2, 90, "존경합니다. 저는 어제만 두 잔 마셨어요."},
}};
constexpr std::array<DemoComment, 3> kComments3{{
    {9, 42, "익월 말의 무게… 공감합니다."},
    {3, 70, "저는 계약서에 선금 30%를 꼭 넣어요. 처음 말 꺼내기가 어렵지, 한 번 하면 당연해지더라고요."},
    {4, 95, "오늘 견적서부터 바로 넣어 보겠습니다.", true},
}};
constexpr std::array<DemoComment, 2> kComments4{{
    {6, 15, "삼십 년 해도 똑같습니다. 여유 자금으로만 하세요."},
    {1, 40, "아직 시작도 안 했는데 벌써 배가 아프네요."},
}};
constexpr std::array<DemoComment, 3> kComments5{{
    {9, 12, "엄마 은행은 출금이 안 되는 걸 벌써 알아 버렸군요 ㅋㅋㅋ"},
    {6, 33, "똑똑한 아이네요. 통장 만들러 같이 가면 오래 기억합니다."},
    {3, 58, "이번 주말에 같이 가려고요. 도장도 하나 파 주기로 했어요.", true},
}};
constexpr std::array<DemoComment, 4> kComments6{{
    {8, 8, "사장님 최고!! 내일 커피 마시러 갑니다. 절약은 모레부터."},
    {4, 22, "인건비까지 나왔다는 게 정말 대단한 거예요. 축하드립니다."},
    {5, 40, "고맙습니다. 오늘은 조금 울어도 될 것 같아요.", true},
    {2, 61, "저도 언젠가 이런 글 쓰고 싶어요."},
}};
constexpr std::array<DemoComment, 3> kComments7{{
    {8, 18, "명언입니다. 냉장고에 붙여 둘게요."},
    {1, 47, "대파는 알겠는데 통장은 왜 자꾸 녹을까요?"},
    {2, 55, "그건 적금이라는 냉동고에 넣으셔야…", true},
}};
constexpr std::array<DemoComment, 1> kComments8{{
    {3, 26, "고생 많으셨어요. 오늘은 푹 주무세요."},
}};
constexpr std::array<DemoComment, 2> kComments9{{
    {4, 30, "한 달에 얼마면 편안한지… 저도 적어 봐야겠어요."},
    {1, 75, "저장하고 두고두고 읽겠습니다."},
}};
constexpr std::array<DemoComment, 3> kComments10{{
    {8, 9, "참치마요는 드세요. 그건 사치가 아니라 생존입니다."},
    {9, 17, "내일은 파란색일 거예요. 아마도요."},
    {7, 25, "아마도가 제일 무섭네요…", true},
}};
constexpr std::array<DemoComment, 3> kComments11{{
    {3, 21, "'이왕이면'… 뼈를 맞았습니다."},
    {5, 39, "이왕이면 휘핑크림도 올려 드릴까요?"},
    {8, 44, "사장님 그러지 마세요 ㅋㅋㅋ", true},
}};
constexpr std::array<DemoComment, 3> kComments12{{
    {6, 28, "잔금 치르는 날 아침에 한 번 더 떼어 보세요. 확정일자와 전입신고는 그날 바로요."},
    {1, 36, "그날 아침 알람 맞춰 뒀습니다. 감사합니다!", true},
    {4, 110, "특약도 꼼꼼히 보세요. 저는 말로만 약속받았다가 고생했어요."},
}};
constexpr std::array<DemoComment, 2> kComments13{{
    {7, 14, "오늘의 부자님 축하드립니다."},
    {9, 52, "묵은 돈에는 이자도 받아야 하는데 말이죠."},
}};
constexpr std::array<DemoComment, 3> kComments14{{
    {6, 32, "값을 올려도 올 손님은 옵니다. 대신 이유를 한 줄 적어 두면 다들 이해하더군요."},
    {8, 45, "500원까지는 제 가계부가 허락했습니다."},
    {5, 67, "두 분 말씀 듣고 내일 바꾸기로 했습니다.", true},
}};
constexpr std::array<DemoComment, 2> kComments15{{
    {2, 19, "마지막 문장에서 멈췄습니다…"},
    {6, 48, "이제부터 모으면 됩니다. 합친 것만으로도 반은 왔어요."},
}};
constexpr std::array<DemoComment, 4> kComments16{{
    {3, 11, "정상이라니 정말 다행이에요."},
    {1, 23, "저도 올해 안에 부모님 모시고 가야겠어요."},
    {5, 80, "어머니 모시고 오시면 커피는 제가 대접할게요."},
    {9, 92, "말씀만으로도 따뜻하네요. 꼭 갈게요!", true},
}};
constexpr std::array<DemoComment, 1> kComments17{{
    {8, 16, "이런 글에는 좋아요를 두 번 누르고 싶네요."},
}};
constexpr std::array<DemoComment, 3> kComments18{{
    {6, 18, "드디어 깨달으셨군요."},
    {4, 27, "지우는 용기가 제일 어렵던데 대단하세요."},
    {7, 33, "사실 비밀번호를 까먹었습니다.", true},
}};
constexpr std::array<DemoComment, 1> kComments19{{
    {9, 40, "저도 퇴근길에 이름 보는 재미로 삽니다."},
}};
constexpr std::array<DemoComment, 3> kComments20{{
    {2, 13, "반찬은 감가상각이 빠른 자산입니다. 주의하세요."},
    {8, 29, "콩나물 한 봉지로 나흘 버티는 법 알려 드릴까요?"},
    {1, 38, "제발 알려 주세요.", true},
}};
constexpr std::array<DemoComment, 2> kComments21{{
    {3, 22, "붕어빵은 지출이 아니라 계절입니다."},
    {5, 51, "붕어빵 앞에서는 저도 장부를 덮습니다."},
}};
constexpr std::array<DemoComment, 2> kComments22{{
    {3, 17, "거봐요! 축하드려요."},
    {4, 24, "다 덕분입니다. 그때 댓글 아니었으면 또 못 적었을 거예요.", true},
}};
constexpr std::array<DemoComment, 1> kComments23{{
    {7, 15, "내일 새벽 3시를 기다립니다."},
}};

constexpr std::array<DemoPost, 24> kPosts{{
    {0, 1900,
     "돈고백에 오신 것을 환영합니다.\n여기서는 이름 대신 그날의 자산이 여러분의 이름입니다. 어제의 나와 오늘의 나는 "
     "이름부터 다르니, 지나간 말실수에는 너무 마음 쓰지 않으셔도 됩니다.",
     kComments0},
    {1, 1740,
     "첫 월급 받았습니다. 통장에 찍힌 숫자를 한참 들여다봤어요. 부모님 내복은 너무 옛날 같아서 고기 사 드리기로 "
     "했습니다.",
     kComments1},
    {8, 1610, "이번 달 커피값 0원 성공. 회사 탕비실 믹스커피와 눈물로 버텼습니다.", kComments2},
    {4, 1490, "프리랜서 3년 차. 들쭉날쭉한 수입이 제일 힘들다고들 하는데, 저는 입금일이 '익월 말'인 게 제일 힘듭니다.",
     kComments3},
    {7, 1300,
     "주식 시작한 지 한 달 됐습니다. 배운 것: 오르면 내가 산 것보다 안 산 게 더 오른다. 내리면 내가 산 것만 내린다.",
     kComments4},
    {3, 1180, "아이가 세뱃돈을 은행에 맡기자니까 '엄마 은행 말고 진짜 은행'에 맡기자고 하네요. 할 말이 없었습니다.",
     kComments5},
    {5, 1010,
     "가게 연 지 만 1년. 오늘 정산해 보니 처음으로 월세와 재료비와 제 인건비가 다 나왔습니다. 자랑할 데가 여기밖에 "
     "없네요.",
     kComments6},
    {2, 880, "자취 2년 차의 교훈: 대파는 사자마자 썰어서 얼린다. 통장도 들어오자마자 나눠서 얼린다.", kComments7},
    {9, 760, "야간 근무 수당 들어온 날. 몸은 납덩이인데 이름은 파란색이라 기분이 묘하게 좋네요.", kComments8},
    {6, 640,
     "은퇴까지 6년 남았습니다. 젊을 때는 얼마를 버느냐가 중요했는데, 지금은 한 달에 얼마면 편안한지를 아는 게 더 "
     "중요하다는 생각이 듭니다.",
     kComments9},
    {7, 520, "오늘 빨간 이름 됐습니다. 저는 괜찮습니다. 정말 괜찮습니다. 점심은 삼각김밥입니다.", kComments10},
    {8, 430,
     "가계부 100일 기록. 가장 큰 발견: 내 돈을 제일 많이 가져간 사람은 배달앱도 카페도 아니고 '이왕이면'이라는 "
     "말이었다.",
     kComments11},
    {1, 350, "전세 계약하러 갔다가 등기부등본 떼는 법부터 배우고 왔습니다. 어른이 되는 건 서류가 늘어나는 일이네요.",
     kComments12},
    {4, 270, "드디어 밀린 대금이 들어왔습니다. 석 달 묵은 돈이라 그런지 더 반갑네요. 오늘 하루는 부자입니다.",
     kComments13},
    {5, 200,
     "원두값이 또 올랐습니다. 메뉴판을 바꿀지 고민한 지 일주일째. 단골손님 얼굴이 하나씩 떠올라서 손이 안 움직이네요.",
     kComments14},
    {3, 150, "맞벌이 10년, 처음으로 부부 통장을 합쳤습니다. 생각보다 별일 없었고, 생각보다 모은 게 없었습니다.",
     kComments15},
    {9, 96, "세 달 모아서 엄마 건강검진 예약했습니다. 결과 다 정상이래요. 올해 쓴 돈 중에 제일 잘 쓴 돈.", kComments16},
    {2, 60, "중고 거래로 책상을 2만 원에 샀는데 판매자분이 의자를 덤으로 주셨습니다. 세상은 아직 살 만합니다.",
     kComments17},
    {7, 40, "한 달 동안 앱을 지우고 아무것도 안 샀더니 수익률이 제일 좋았습니다. 이게 그 유명한 가치 투자인가요?",
     kComments18},
    {6, 28,
     "오늘 아침 이름을 보니 어제보다 조금 커졌네요. 그래 봐야 숫자인데, 산책길 발걸음이 가벼운 건 어쩔 수 없습니다.",
     kComments19},
    {1, 18, "점심값 아끼려고 도시락 쌌는데 반찬 사느라 더 썼습니다. 이건 투자라고 부르기로 했어요.", kComments20},
    {8, 9, "무지출 사흘째. 오늘 위기는 붕어빵이었습니다. 세 마리에 이천 원. 눈 감고 뛰었습니다.", kComments21},
    {4, 4,
     "오늘 새 계약서에 처음으로 '선금 30%'를 적었고, 아무 일도 없이 그대로 도장이 찍혔습니다. 말이나 해 볼걸, 3년을.",
     kComments22},
    {0, 2,
     "매일 새벽 3시에 여러분의 이름이 새로 정해집니다. 오늘의 이름이 마음에 들지 않아도 내일이 있습니다. 오늘도 좋은 "
     "하루 보내세요.",
     kComments23},
}};

}  // namespace

std::span<const Member> members() { return kMembers; }
std::span<const DemoPost> posts() { return kPosts; }

}  // namespace dontgoback::core::demo
