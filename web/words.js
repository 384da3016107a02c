/** Every word of the page: Chinese, English. */
const words = {
  login: ['登录', 'Log in'],
  logout: ['退出', 'Log out'],
  other: ['English', '中文'],
  username: ['用户名', 'User name'],
  password: ['密码', 'Password'],
  openAlerts: ['当前警报', 'Open alerts'],
  loading: ['正在读取…', 'Loading…'],
  allIsWell: ['现在一切平安。有新情况会自动显示在这里。', 'All is well. Anything new appears here by itself.'],
  notKnown: [
    '连接断开前没有警报；现在的情况未知。',
    'There were no alerts before the connection was lost. What happens now is not known.',
  ],
  numbersOnly: ['您的账号只能查看统计数字，不能查看个人信息。', 'Your account sees numbers only, no people.'],
  failed: ['读取失败，正在重试…', 'This could not be read. Trying again…'],
  connectionLost: [
    '连接已断开，下面的内容可能已过时。正在重新连接…',
    'Connection lost. What you see may be out of date. Reconnecting…',
  ],
  sessionOver: ['登录已失效，请重新登录。', 'Your session is over. Please log in again.'],
  notReached: ['无法连接服务，请检查网络后重试。', 'The service cannot be reached. Check the network and try again.'],
  wrongLogin: [
    '用户名或密码不正确，请核对。忘记密码请联系管理员重设。',
    'User name or password is wrong. Check both; an administrator can set a new password.',
  ],
  tooMany: ['尝试次数过多，请一分钟后再试。', 'Too many attempts. Try again in a minute.'],
  whereIs: ['位置', 'Position'],
  resident: ['老人', 'Resident'],
  choose: ['请选择…', 'Choose…'],
  where: ['看位置', 'Where?'],
  claim: ['我来处理', 'I’m on it'],
  enRoute: ['已出发', 'On my way'],
  arrive: ['已到达', 'I’m there'],
  resolve: ['解除…', 'Resolve…'],
  confirm: ['确认解除', 'Confirm'],
  cancel: ['取消', 'Cancel'],
  outcome: ['结果', 'Outcome'],
  note: ['备注（可不填）', 'Note (optional)'],
  safe: ['平安无事', 'Safe and well'],
  helped: ['已提供帮助', 'Was helped'],
  hospital: ['已送医', 'Taken to hospital'],
  falseAlarm: ['误报', 'False alarm'],
  me: ['我', 'you'],
  by: ['处理人：', 'With '],
  repeated: ['已报告 {n} 次', 'reported {n} times'],
  suspected: ['推测，未确认', 'suspected, not confirmed'],
  late: ['迟到的消息', 'arrived late'],
  P1: ['紧急', 'Emergency'],
  P2: ['紧迫', 'Urgent'],
  P3: ['关注', 'Attention'],
  P4: ['维护', 'Maintenance'],
  P5: ['信息', 'Information'],
  open: ['待处理', 'Waiting'],
  acknowledged: ['已接单', 'Claimed'],
  enRouteState: ['前往中', 'On the way'],
  arrived: ['已到达', 'With them'],
  resolved: ['已解除', 'Safe'],
  noPosition: ['还没有收到过位置。', 'No position has been received yet.'],
  oldPosition: ['位置较旧，可能已不准确。', 'This position is old and may no longer hold.'],
  lastPosition: ['最后位置', 'Last position'],
  accuracy: ['误差约', 'accurate to'],
  accuracyUnknown: ['误差未知', 'accuracy unknown'],
  lastHeard: ['最后收到消息', 'Last heard'],
  wearing: ['手环', 'Band'],
  worn: ['已佩戴', 'worn'],
  notWorn: ['未佩戴', 'not worn'],
  battery: ['电量', 'Battery'],
  heart: ['心率', 'Heart rate'],
  perMinute: ['次/分', 'bpm'],
  movement: ['家中活动', 'Movement at home'],
  moving: ['有活动', 'moving'],
  still: ['无活动', 'still'],
  here: ['老人', 'Resident'],
  home: ['家', 'Home'],
  safeZone: ['安全区', 'Safe zone'],
  forbiddenZone: ['禁入区', 'Forbidden zone'],
  refresh: ['刷新', 'Refresh'],
  justNow: ['刚刚', 'just now'],
  metres: ['米', 'm'],
  kilometres: ['公里', 'km'],
  map: ['老人位置示意图', 'Sketch of where the resident is'],
};

const languages = ['zh', 'en'];
let language = localStorage.getItem('anju.language') ?? (navigator.language.startsWith('zh') ? 'zh' : 'en');

export const currentLanguage = () => language;

export function switchLanguage() {
  language = language === 'zh' ? 'en' : 'zh';
  localStorage.setItem('anju.language', language);
}

/** The word in the chosen language; what has no word is shown as it is. */
export const word = (key) => words[key]?.[languages.indexOf(language)] ?? key;

/** The text of a `{zh, en}` from the service. */
export const inLanguage = (text) => text[language] ?? text.en ?? text.zh ?? '';

const steps = [
  [60, 1, '秒', 's'],
  [3600, 60, '分钟', 'min'],
  [86_400, 3600, '小时', 'h'],
  [Number.POSITIVE_INFINITY, 86_400, '天', 'd'],
];

/** "2 分钟前" or "2 min ago". */
export function ago(ageMs) {
  const ageS = Math.max(0, Math.round(ageMs / 1000));
  if (ageS < 2) return word('justNow');
  const [, size, zh, en] = steps.find(([below]) => ageS < below);
  const count = Math.floor(ageS / size);
  return language === 'zh' ? `${count} ${zh}前` : `${count} ${en} ago`;
}

/** Date and time to the second, for those who want it exactly. */
export const exactly = (isoTime) => new Date(isoTime).toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB');

/** A distance for people: whole metres, or kilometres to one place. */
export const metres = (m) =>
  m >= 1000 ? `${Math.round(m / 100) / 10} ${word('kilometres')}` : `${Math.round(m)} ${word('metres')}`;
