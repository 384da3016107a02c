import type { AlertState, AlertType, AlertView, Bilingual, Severity } from '../model/alert.ts';

const typeNames: Readonly<Record<AlertType, Bilingual>> = {
  sos: { zh: '紧急呼救', en: 'Call for help' },
  smoke: { zh: '烟雾报警', en: 'Smoke' },
  gas: { zh: '燃气报警', en: 'Gas' },
  fall: { zh: '跌倒', en: 'Fall' },
  zoneExit: { zh: '离开安全区域', en: 'Left the safe zone' },
  zoneEnterForbidden: { zh: '进入禁入区域', en: 'Entered a forbidden zone' },
  wandering: { zh: '徘徊', en: 'Wandering' },
  inactivity: { zh: '长时间无活动', en: 'No activity at home' },
  awayTooLong: { zh: '外出过久', en: 'Away for too long' },
  vitals: { zh: '生命体征异常', en: 'Vital signs' },
  contactLost: { zh: '失去联系', en: 'Contact lost' },
  deviceOffline: { zh: '设备离线', en: 'Device offline' },
  batteryLow: { zh: '电量低', en: 'Battery low' },
  tamper: { zh: '设备被拆动', en: 'Device tampered with' },
  notWorn: { zh: '未佩戴', en: 'Not worn' },
  areaOutage: { zh: '区域通信中断', en: 'Outage in the area' },
  visitOverdue: { zh: '探访逾期', en: 'Visit overdue' },
  missing: { zh: '走失', en: 'Missing' },
};

/** The words of the pages: somebody who reads the mail and then the page must not meet one word for two severities. */
const stateNames: Readonly<Record<AlertState, Bilingual>> = {
  open: { zh: '待处理', en: 'waiting' },
  acknowledged: { zh: '已接单', en: 'claimed' },
  enRoute: { zh: '前往中', en: 'on the way' },
  arrived: { zh: '已到达', en: 'with them' },
  resolved: { zh: '已解除', en: 'safe' },
};

const severityNames: Readonly<Record<Severity, Bilingual>> = {
  P1: { zh: '紧急', en: 'emergency' },
  P2: { zh: '紧迫', en: 'urgent' },
  P3: { zh: '关注', en: 'attention' },
  P4: { zh: '维护', en: 'maintenance' },
  P5: { zh: '信息', en: 'information' },
};

/** One line for a subject or a log. */
export function headline({ severity, type, suspected }: AlertView): Bilingual {
  const name = typeNames[type];
  return {
    zh: `[${severity} ${severityNames[severity].zh}] ${suspected ? '疑似' : ''}${name.zh}`,
    en: `[${severity} ${severityNames[severity].en}] ${suspected ? 'Suspected: ' : ''}${name.en}`,
  };
}

/** What a person reads in a mail: Chinese first, English below. Times in `timeZone` (IANA). */
export function mailText(alert: AlertView, timeZone: string): { readonly subject: string; readonly text: string } {
  const { zh, en } = headline(alert);
  const since = localTime(alert.openedAt, timeZone);
  const place = alert.position && `${alert.position.lat.toFixed(5)}, ${alert.position.lon.toFixed(5)}`;
  const lines = [
    zh,
    alert.summary.zh,
    `时间：${since}　状态：${stateNames[alert.state].zh}　次数：${alert.count}`,
    ...(place ? [`位置（WGS-84）：${place}`] : []),
    ...(alert.late ? ['注意：该信息延迟到达。'] : []),
    '',
    en,
    alert.summary.en,
    `Time: ${since}  State: ${stateNames[alert.state].en}  Count: ${alert.count}`,
    ...(place ? [`Position (WGS-84): ${place}`] : []),
    ...(alert.late ? ['Note: this information arrived late.'] : []),
    '',
    `${alert.id} / ${alert.revision}`,
  ];
  return { subject: `${zh} / ${en}`, text: lines.join('\n') };
}

function localTime(instant: string, timeZone: string): string {
  return new Date(instant).toLocaleString('sv-SE', { timeZone, timeZoneName: 'shortOffset' });
}
