// The words of the sign-in page, with which many a first visit begins.
export const ko = {
  lookAround: '둘러보기',
  signInWith: (name: string) => `${name} 계정으로 시작하기`,
  lookAroundHint: '가입 없이 이 브라우저만의 이름으로 시작합니다. 하루 안에 아무것도 쓰지 않거나 14일 동안 오지 않으면 지워지고, 로그아웃하면 다시 들어갈 수 없습니다.',
  loginIntro: '매일 아침 바뀌는 재산이 당신의 이름이 됩니다.',
  loginPoint1: '천만 원으로 시작합니다.',
  loginPoint2: { WESTERN: '매일 새벽 3시, 오르면 파랑 내리면 빨강.', KOREAN: '매일 새벽 3시, 오르면 빨강 내리면 파랑.' },
  loginPoint3: '글에는 쓴 날의 이름이 남습니다.',
  agree: '시작하면 이용약관과 개인정보 처리방침에 동의하는 것으로 봅니다.',
  orElse: '또는',
  nothingOffered: '지금은 새로 시작할 수 없습니다. 운영자에게 문의하세요.',
  signedInAlready: '이미 로그인되어 있습니다.',
  toSettings: '설정으로 가기',

  email: '이메일',
  emailHint: '로그인 링크를 보내 드립니다. 비밀번호는 없습니다.',
  sendLink: '링크 받기',
  sending: '보내는 중',
  checkMail: '메일함을 확인하세요',
  mailSent: (email: string) => `${email} 주소로 링크를 보냈습니다. 15분 동안 한 번 쓸 수 있습니다.`,
  mailElsewhere: '다른 기기나 앱에서 링크를 열었다면 거기에 나온 여섯 자리 코드를 입력하세요.',
  code: '여섯 자리 코드',
  enter: '확인',
  otherEmail: '다른 주소 쓰기',
  codeOver: '시간이 지났거나 코드를 너무 많이 틀렸습니다. 메일을 다시 받으세요.',

  takeAlong: '방문자로 쓴 글을 가져오기',
  takeAlongHint:
    '글, 댓글, 좋아요가 회원의 것이 됩니다. 가져오지 않으면 방문자의 것으로 남고 더는 고칠 수 없습니다.',
  invited: '초대 링크로 오셨습니다. 로그인하면 가입할 수 있습니다.',
  invitationOnly: '초대받은 사람만 가입할 수 있습니다. 회원은 로그인할 수 있습니다.',
  signUpClosed: '지금은 새로 가입할 수 없습니다. 회원은 로그인할 수 있습니다.',

  statuses: {
    SUSPENDED: () => '이용이 정지된 계정입니다.',
    'close-success': (until: string) =>
      `탈퇴 신청이 접수되었습니다. ${until ? `${until}까지 ` : ''}다시 로그인하면 취소됩니다.`,
    // Until its owner comes back, whenever that is: the day in the address means nothing here.
    'inactive-success': () => '계정이 비활성화되었습니다. 다시 로그인하면 풀립니다.',
    'guest-removed': () => '방문자 계정을 지웠습니다.',
    'close-fail': () => '탈퇴 링크가 만료되었거나 올바르지 않습니다.',
    'inactive-fail': () => '비활성화 링크가 만료되었거나 올바르지 않습니다.',
    'link-invalid': () => '로그인 링크가 만료되었거나 이미 사용되었습니다.',
    cancelled: () => '로그인을 취소했습니다. 다시 시작할 수 있습니다.',
    refused: () => '로그인이 거절되었습니다. 다시 시도하거나 다른 방법을 쓰세요.',
    expired: () => '로그인 시간이 지났거나 다른 브라우저에서 시작한 로그인입니다. 다시 시작하세요.',
    'provider-away': () => '로그인 서비스가 응답하지 않습니다. 잠시 후 다시 시도하거나 다른 방법을 쓰세요.',
    busy: () => '지금은 요청이 너무 많습니다. 1분쯤 뒤에 다시 시도하세요.',
    unverified: () => '확인되지 않은 이메일입니다. 로그인 서비스에서 이메일을 확인한 뒤 다시 시도하세요.',
    'linked-elsewhere': () => '이미 다른 회원과 연결된 계정입니다. 연결을 바꾸지 않았습니다.',
    'sign-up-closed': () => '회원이 아닌 계정이며, 지금은 새로 가입할 수 없습니다.',
    'invitation-needed': () => '가입하려면 초대가 있어야 합니다. 초대 링크를 연 뒤 다시 로그인하세요.',
    linked: () => '로그인 방법을 연결했습니다.',
    'passkey-copied': () =>
      '쓰신 패스키의 사용 횟수가 줄었습니다. 누군가 복사했을 수 있습니다. 직접 옮긴 것이 아니라면 설정에서 지우세요.',
    'session-over': () => '로그인이 끝났습니다. 쓰던 글은 보관했으며, 같은 계정으로 다시 로그인하면 나옵니다.',
    'guest-over': () => '방문자 로그인이 끝났습니다. 쓰던 글은 이 브라우저에 보관했습니다.',
    'ended-elsewhere': () => '다른 탭에서 로그인이 끝났습니다.'
  },

  passkeySignIn: '패스키로 로그인',
  passkeyWaits: '기기에서 확인하세요',
  passkeyWhy: {
    cancelled: '취소했거나 시간이 지났습니다. 다시 할 수 있습니다.',
    unsupported: '이 브라우저나 기기에서는 패스키를 쓸 수 없습니다.',
    known: '이 기기에는 이미 패스키가 있습니다.'
  },

  bringHere: '다른 기기에서 가져오기',
  bringHereHint: '로그인된 기기의 설정에서 코드를 보고 여기에 입력하세요.',
  guestLost: '이 브라우저의 방문자 계정에는 다시 들어갈 수 없게 됩니다.',
  waitsForOther: (device: string) => `${device}에서 허용하기를 기다리는 중입니다.`,
  otherDevice: '다른 기기',
  notAllowed: '거절되었거나 시간이 지났습니다. 새 코드로 다시 시도하세요.'
};

export type SignInWords = typeof ko;
