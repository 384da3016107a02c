import type { Bilingual } from '../../model/alert.ts';

/** The parts of the page. */
export const headings = {
  happened: { zh: '发生', en: 'happened' },
  known: { zh: '得知', en: 'known' },
  late: { zh: '（消息迟到）', en: ' (the message came late)' },
  state: { zh: '状态', en: 'state' },
  about: { zh: '对象', en: 'about' },
  position: { zh: '位置', en: 'position' },
  why: { zh: '为什么报警', en: 'Why it was raised' },
  unless: { zh: '什么情况下不会报警', en: 'What would have kept it quiet' },
  figures: { zh: '数据', en: 'The figures' },
  timeline: { zh: '经过', en: 'What happened since' },
  told: { zh: '通知情况', en: 'Who was told' },
  noReasons: {
    zh: '这条警报没有记录理由，只有下面的数据。',
    en: 'This alert was stored without its reasons; there are only the figures below.',
  },
  nothing: { zh: '没有记录', en: 'nothing recorded' },
} as const satisfies Readonly<Record<string, Bilingual>>;

/** What a line of the time line says; one that is not here is shown by its own name. */
export const deeds: Readonly<Record<string, Bilingual>> = {
  raised: { zh: '报警', en: 'raised' },
  repeated: { zh: '再次报警', en: 'said again' },
  saidAgain: { zh: '又有人报告', en: 'reported again by' },
  cleared: { zh: '情况解除', en: 'no longer holds' },
  notified: { zh: '通知', en: 'told' },
  escalated: { zh: '升级', en: 'escalated' },
  claim: { zh: '接单', en: 'claimed' },
  acknowledge: { zh: '已知悉', en: 'acknowledged' },
  enRoute: { zh: '前往', en: 'on the way' },
  arrive: { zh: '到达', en: 'arrived' },
  resolve: { zh: '关闭', en: 'closed' },
  pass: { zh: '转交', en: 'passed on' },
  assign: { zh: '指派', en: 'assigned' },
  reopen: { zh: '重新打开', en: 'opened again' },
  sent: { zh: '派单', en: 'sent by name' },
  takenBack: { zh: '接单后无进展，重新开放', en: 'taken back: nobody set out' },
  called: { zh: '拨打电话', en: 'telephoned' },
  photo: { zh: '上传照片', en: 'put a photo beside it' },
  callBackPromised: { zh: '答应回访', en: 'promised to call back' },
  calledBack: { zh: '回访', en: 'called back' },
  silenced: { zh: '静默：不通知任何人', en: 'silenced: nobody is told' },
  silenceOver: { zh: '静默结束', en: 'silence over' },
  heldOpen: { zh: '反复出现，保持打开', en: 'comes and goes: held open' },
  deviceGone: { zh: '设备已不在这里：已移走或删除', en: 'the device is not here any more: it was moved or removed' },
};

type Names = Readonly<Record<string, Bilingual>>;

/** Why somebody was told, or an alert went on; what else stands there people wrote themselves. */
export const reasonNames: Names = {
  opened: { zh: '新警报', en: 'a new alert' },
  repeated: { zh: '再次发生', en: 'it happened again' },
  raised: { zh: '变得更紧急', en: 'it became graver' },
  escalated: { zh: '升级', en: 'escalated' },
  undelivered: { zh: '消息未送达', en: 'a message did not arrive' },
  passed: { zh: '被转交', en: 'it was passed on' },
  noProgress: { zh: '接单后没有出发', en: 'nobody set out' },
  sent: { zh: '被派单', en: 'sent by name' },
  digest: { zh: '汇总', en: 'gathered with others' },
  report: { zh: '处理结果', en: 'how it ended' },
  reopened: { zh: '重新打开', en: 'opened again' },
  fallOver: { zh: '改用另一种方式', en: 'another way, because one failed' },
  silence: { zh: '无人应答', en: 'nobody answered' },
  nobodyClaimed: { zh: '无人接单', en: 'nobody claimed it' },
  flapping: { zh: '反复出现', en: 'comes and goes' },
};

/** Whom a step of a policy tells. */
export const targetNames: Names = {
  contacts: { zh: '联系人', en: 'contacts' },
  sameContacts: { zh: '同一联系人', en: 'the same contacts' },
  allContacts: { zh: '全部联系人', en: 'all contacts' },
  responders: { zh: '值班人员', en: 'responders' },
  centre: { zh: '中心', en: 'the centre' },
  users: { zh: '指定人员', en: 'named people' },
  roster: { zh: '班表上的人', en: 'who is on the roster' },
};

/** Ways to reach somebody. */
export const channelNames: Names = {
  webhook: { zh: '接口', en: 'webhook' },
  email: { zh: '邮件', en: 'e-mail' },
  webPush: { zh: '推送', en: 'push' },
  dingtalk: { zh: '钉钉', en: 'DingTalk' },
  feishu: { zh: '飞书', en: 'Feishu' },
  wecom: { zh: '企业微信', en: 'WeCom' },
  sms: { zh: '短信', en: 'text message' },
  voice: { zh: '电话', en: 'call' },
  ntfy: { zh: '通知（ntfy）', en: 'ntfy' },
  mqtt: { zh: '手机应用', en: 'app' },
  sse: { zh: '页面', en: 'page' },
  log: { zh: '日志', en: 'log' },
};

/** What became of a message. */
export const messageNames: Names = {
  queued: { zh: '等待发送', en: 'waiting to be sent' },
  sent: { zh: '已发出', en: 'sent' },
  delivered: { zh: '已送达', en: 'delivered' },
  read: { zh: '已读', en: 'read' },
  acknowledged: { zh: '已答复', en: 'answered' },
  failed: { zh: '发送失败', en: 'failed' },
  withheld: { zh: '不再需要，未发', en: 'no longer needed, not sent' },
};
