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
};

/** Figures by the name they have in the evidence, without the unit. Others are shown as the name itself, taken apart. */
export const sentenceNames: Readonly<Record<string, Bilingual>> = {
  outside: { zh: '区外距离', en: 'outside the zone by' },
  accuracy: { zh: '定位精度', en: 'accuracy of the position' },
  left: { zh: '离开时间', en: 'left at' },
  back: { zh: '返回时间', en: 'back at' },
  fell: { zh: '跌倒时间', en: 'fell at' },
  unanswered: { zh: '无人应答', en: 'unanswered for' },
  lastActivity: { zh: '最后活动', en: 'last activity at' },
  lastHeard: { zh: '最后收到', en: 'last heard at' },
  connectionLost: { zh: '连接中断', en: 'connection lost at' },
  away: { zh: '外出', en: 'away from home' },
  sensorsSilent: { zh: '传感器无消息', en: 'sensors silent' },
  battery: { zh: '电量', en: 'battery' },
  zoneId: { zh: '区域编号', en: 'zone' },
  heartRate: { zh: '心率', en: 'pulse' },
  spo2: { zh: '血氧', en: 'oxygen saturation' },
  temperature: { zh: '体温', en: 'temperature' },
  peak: { zh: '峰值', en: 'peak' },
  score: { zh: '得分', en: 'score' },
  fixes: { zh: '定位点', en: 'positions' },
  votes: { zh: '判定', en: 'votes' },
  at: { zh: '时间', en: 'at' },
};
