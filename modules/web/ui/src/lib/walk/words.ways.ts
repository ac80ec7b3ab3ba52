// The words of ways to a walker, and of two that become one.

const ko = {
  signInStatus: {
    cancelled: '취소했습니다. 다시 시작할 수 있습니다.',
    refused: '그 서비스가 확인해 준 것을 믿을 수 없어 들어가지 못했습니다. 다시 시작하세요.',
    expired: '시간이 지났거나 이 창에서 시작하지 않은 걷기입니다. 다시 시작하세요.',
    'provider-away': '그 서비스가 응답하지 않습니다. 잠시 후 다시 시도하거나 다른 방법을 쓰세요.'
  } as Record<string, string>,
  merge: {
    title: '걷기 프로필이 하나 더 있습니다',
    found: (name: string, other: string) => `지금은 ‘${name}’ 프로필로 들어왔습니다. 당신에게는 ‘${other}’ 프로필도 있습니다. 합칠지 따로 둘지 고르세요.`,
    nameStays: (name: string) => `‘${name}’ 이름을 그대로 씁니다.`,
    nameGoes: (name: string, other: string) => `‘${name}’ 이름을 그대로 씁니다. ‘${other}’ 이름은 없어지고 다른 사람이 쓸 수 있게 됩니다.`,
    nameTaken: (other: string) => `‘${other}’ 이름을 이어서 씁니다.`,
    nameOfOther: '이 프로필에는 이름이 없으므로 다른 프로필의 이름을 이어서 씁니다.',
    noNames: '두 프로필 모두 아직 이름이 없습니다.',
    steps: '두 프로필의 기록을 날마다 모읍니다. 같은 때를 두 번 세지 않고 더 많이 센 쪽으로 칩니다.',
    friendsTitle: '친구와 그룹',
    friends: '두 프로필의 친구, 요청, 그룹을 모두 가집니다. 친구에게는 알리지 않지만, 순위에 이 프로필의 이름으로 보입니다.',
    restTitle: '나머지',
    rest: '목표와 설정은 이 프로필의 것이 남습니다. 다른 프로필로 걷던 기기는 끝나고, 다시 시작하면 이 프로필로 들어옵니다.',
    forGood: '합친 것은 되돌릴 수 없습니다.',
    keep: '따로 두기',
    keepHint: '따로 두어도 나중에 설정에서 합칠 수 있습니다.',
    action: '합치기',
    question: '두 걷기 프로필을 합칠까요?',
    done: '두 걷기 프로필을 합쳤습니다.',
    none: '합칠 다른 걷기 프로필이 없습니다.',
    settingsTitle: '다른 걷기 프로필',
    settingsHint: '앱이나 다른 로그인으로 시작한 걷기 프로필이 있으면 이 프로필과 하나로 합칠 수 있습니다.',
    settingsAction: '합치기 알아보기',
    proveBy: '다른 프로필이 당신의 것임을 무엇으로 확인할까요?',
    asMember: '지금 로그인한 회원 계정으로',
    withProvider: (name: string) => `${name} 계정으로`
  }
};

const en: typeof ko = {
  signInStatus: {
    cancelled: 'You cancelled. You can begin again.',
    refused: 'What that service confirmed could not be trusted, so you are not in. Please begin again.',
    expired: 'It took too long, or was not begun in this window. Please begin again.',
    'provider-away': 'That service does not answer. Try again in a while, or by another way.'
  },
  merge: {
    title: 'You have another walker',
    found: (name, other) => `You are in as “${name}”. You also have “${other}”. Choose whether they become one.`,
    nameStays: (name) => `“${name}” stays.`,
    nameGoes: (name, other) => `“${name}” stays. “${other}” is gone, and others may take it.`,
    nameTaken: (other) => `“${other}” goes on.`,
    nameOfOther: 'This walker has no name, so it goes on by the name of the other.',
    noNames: 'Neither has a name yet.',
    steps: 'The records of both are put together day by day. What both counted at one time counts once: the larger.',
    friendsTitle: 'Friends and groups',
    friends: 'You keep the friends, requests and groups of both. Friends are told nothing, but see you on boards by the name of this walker.',
    restTitle: 'The rest',
    rest: 'The goal and the settings of this walker stay. Devices that walk as the other are signed out; when they begin again they are this one.',
    forGood: 'This cannot be taken back.',
    keep: 'Keep both',
    keepHint: 'You can make them one later, in the settings.',
    action: 'Make them one',
    question: 'Make the two walkers one?',
    done: 'The two walkers are one.',
    none: 'There is no other walker of yours.',
    settingsTitle: 'Another walker',
    settingsHint: 'If you began to walk in the app or by another sign-in, that walker can become one with this.',
    settingsAction: 'See what happens',
    proveBy: 'What shows that the other walker is yours?',
    asMember: 'The account that is signed in',
    withProvider: (name) => name
  }
};

export const ways = { ko, en };
