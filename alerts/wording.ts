import type { AlertState, AlertType, AlertView, Bilingual, Severity } from '../model/alert.ts';
import type { Notification } from '../model/notification.ts';
import type { Language } from '../model/people.ts';

export const typeNames: Readonly<Record<AlertType, Bilingual>> = {
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
  dutyGap: { zh: '无人值班', en: 'Nobody on duty' },
  shiftHandOver: { zh: '交接班', en: 'Change of shift' },
};

/** The words of the pages: somebody who reads the mail and then the page must not meet one word for two severities. */
export const stateNames: Readonly<Record<AlertState, Bilingual>> = {
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

/** Whoever reads the first word knows that nobody is in need. */
const exerciseWords: Bilingual = { zh: '演习', en: 'EXERCISE' };

/** One line for a subject or a log. */
export function headline(alert: AlertView): Bilingual {
  const line = plainHeadline(alert);
  return alert.exercise === true
    ? { zh: `${exerciseWords.zh} ${line.zh}`, en: `${exerciseWords.en} ${line.en}` }
    : line;
}

type Headed = Pick<AlertView, 'severity' | 'type' | 'suspected'>;

function plainHeadline({ severity, type, suspected }: Headed): Bilingual {
  const name = typeNames[type];
  return {
    zh: `[${severity} ${severityNames[severity].zh}] ${suspected ? '疑似' : ''}${name.zh}`,
    en: `[${severity} ${severityNames[severity].en}] ${suspected ? 'Suspected: ' : ''}${name.en}`,
  };
}

/** Where the recipient can answer; absent when the service has no public address. */
export type Links = { readonly acknowledge: string; readonly claim: string };

/** What a message is made of: the alert, to whom and about whom, when it is read where. */
export type Telling = {
  readonly alert: AlertView;
  readonly notification: Pick<Notification, 'language' | 'residentName' | 'also'>;
  /** IANA name. */
  readonly timeZone: string;
  readonly links?: Links | undefined;
};

export const answerWords: Readonly<Record<keyof Links, Bilingual>> = {
  acknowledge: { zh: '我知道了', en: 'I have seen it' },
  claim: { zh: '我来处理', en: 'I am taking it' },
};

/** Which alert, and how new: a late copy can be told from the news. */
export function reference({ id, revision }: AlertView): string {
  return `${id} / ${revision}`;
}

/** One line for a subject, in the recipient's language or in both. */
export function subject({ alert, notification: { language, residentName } }: Telling): string {
  const line = plainHeadline(alert);
  const inWords = language === undefined ? `${line.zh} / ${line.en}` : line[language];
  const about = residentName === undefined ? inWords : `${residentName}: ${inWords}`;
  return begun(alert, language, `${about}${andMore(alert, language)}`);
}

function begun({ exercise }: AlertView, language: Language | undefined, text: string): string {
  if (exercise !== true) return text;
  return `${language === undefined ? `${exerciseWords.zh} / ${exerciseWords.en}` : exerciseWords[language]} ${text}`;
}

/** How many other alerts the message names. */
function andMore({ alsoTotal }: AlertView, language: Language | undefined): string {
  if (alsoTotal === undefined) return '';
  const words: Bilingual = { zh: ` 等 ${alsoTotal + 1} 条`, en: ` and ${alsoTotal} more` };
  return language === undefined ? `${words.zh} /${words.en}` : words[language];
}

/** So many are named in one message. */
const namedAtMost = 10;

/** A line for each of the other alerts, and how many are left. */
function othersIn(language: Language, { alert: { also = [], alsoTotal = 0 }, notification }: Telling): string[] {
  const names = new Map(notification.also?.map(({ alertId, residentName }) => [alertId, residentName]));
  const lines = also.slice(0, namedAtMost).map((other) => {
    const who = names.get(other.id);
    return `· ${who === undefined ? '' : `${who}: `}${plainHeadline(other)[language]} ${other.summary[language]}`;
  });
  const left = alsoTotal - lines.length;
  if (left <= 0) return lines;
  return [...lines, leftWords(left)[language]];
}

function leftWords(left: number): Bilingual {
  return { zh: `· 另有 ${left} 条，请登录查看`, en: `· and ${left} more: please look at the page` };
}

/** The same in one language, for channels with room for one only; Chinese unless the recipient reads English. */
export function shortSubject(telling: Telling): string {
  return subject({ ...telling, notification: { language: 'zh', ...telling.notification } });
}

/** What a person reads in a mail: Chinese first, English below, or the recipient's language alone. */
export function mailText(telling: Telling): { readonly subject: string; readonly text: string } {
  const { alert, notification } = telling;
  const languages: readonly Language[] = notification.language ? [notification.language] : ['zh', 'en'];
  const lines = languages.flatMap((language) => [...linesIn(language, telling), '']);
  return { subject: subject(telling), text: [...lines, reference(alert)].join('\n') };
}

/** Without the headline: the body of a push message. */
export function bodyText(telling: Telling): string {
  const language = telling.notification.language ?? 'zh';
  const { alert } = telling;
  const lines = [alert.summary[language], ...factsIn(language, telling), ...othersIn(language, telling)];
  return begun(alert, language, [...lines, reference(alert)].join('\n'));
}

/** For robots of group chats: a heading, facts, links. What came from outside links to nothing. */
export function markdown(telling: Telling): { readonly title: string; readonly text: string } {
  const { alert, notification, links } = telling;
  const languages: readonly Language[] = notification.language ? [notification.language] : ['zh', 'en'];
  const paragraphs = languages.flatMap((language) => [
    harmless(alert.summary[language]),
    ...factsIn(language, telling),
    ...othersIn(language, telling).map(harmless),
    ...(links ? [`${link(language, 'acknowledge', links)} · ${link(language, 'claim', links)}`] : []),
  ]);
  const { residentName } = notification;
  const title = subject({
    ...telling,
    notification: { ...notification, ...(residentName && { residentName: harmless(residentName) }) },
  });
  return { title, text: [`### ${title}`, ...paragraphs, reference(alert)].join('\n\n') };
}

/**
 * The variables of the SMS template, each within the 35 characters a variable may have at Aliyun, the link apart. The
 * template itself is approved by the provider once; docs/CHANNELS.md has its text.
 */
export function smsVariables(telling: Telling): Readonly<Record<string, string>> {
  const { alert, notification, timeZone, links } = telling;
  const language = notification.language ?? 'zh';
  return {
    severity: begun(alert, language, severityNames[alert.severity][language]),
    who: shortened(notification.residentName ?? alert.residentId),
    what: shortened(`${nameOf(alert, language)}${andMore(alert, language)}`),
    time: clockTime(alert.openedAt, timeZone),
    id: shortened(`${alert.id.slice(0, 26)}/${alert.revision}`),
    ...(links && { link: links.acknowledge }),
  };
}

/** The variables of the spoken template. Numbers of the alert are not read aloud: they go with the call, unspoken. */
export function voiceVariables(telling: Telling): Readonly<Record<string, string>> {
  const { severity, who, what, time } = smsVariables(telling);
  return { severity: severity!, who: who!, what: what!, time: time! }; // the four are always there
}

const longestVariable = 35;

function shortened(text: string): string {
  return [...text].slice(0, longestVariable).join('');
}

function linesIn(language: Language, telling: Telling): readonly string[] {
  const { alert, notification, links } = telling;
  const answers = links ? [actionLine(language, 'acknowledge', links), actionLine(language, 'claim', links)] : [];
  const who = notification.residentName === undefined ? [] : [notification.residentName];
  const others = othersIn(language, telling);
  return [
    headline(alert)[language],
    ...who,
    alert.summary[language],
    ...factsIn(language, telling),
    ...others,
    ...answers,
  ];
}

function actionLine(language: Language, action: keyof Links, links: Links): string {
  return `${answerWords[action][language]}${language === 'zh' ? '：' : ': '}${links[action]}`;
}

function factsIn(language: Language, { alert, timeZone }: Telling): readonly string[] {
  if (alert.type === 'shiftHandOver') return []; // it says everything itself, and is in no state
  const since = localTime(alert.openedAt, timeZone);
  const place = alert.position && `${alert.position.lat.toFixed(5)}, ${alert.position.lon.toFixed(5)}`;
  const state = stateNames[alert.state][language];
  if (language === 'zh') {
    return [
      `时间：${since}　状态：${state}　次数：${alert.count}`,
      ...(place ? [`位置（WGS-84）：${place}`] : []),
      ...(alert.late ? ['注意：该信息延迟到达。'] : []),
    ];
  }
  return [
    `Time: ${since}  State: ${state}  Count: ${alert.count}`,
    ...(place ? [`Position (WGS-84): ${place}`] : []),
    ...(alert.late ? ['Note: this information arrived late.'] : []),
  ];
}

function nameOf({ type, suspected }: AlertView, language: Language): string {
  const name = typeNames[type][language];
  if (!suspected) return name;
  return language === 'zh' ? `疑似${name}` : `Suspected: ${name}`;
}

function link(language: Language, action: keyof Links, links: Links): string {
  return `[${answerWords[action][language]}](${links[action]})`;
}

/**
 * Words from outside in a robot's markdown: signs that make links, tags and mentions become their full-width twins.
 * Each robot knows another part of markdown, and none of them reliably the backslash.
 */
function harmless(text: string): string {
  return text.replace(/[[\]()<>*`#|~@]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
}

function clockTime(instant: string, timeZone: string): string {
  return formatOf(timeZone, 'clock').format(new Date(instant)).slice('2026-'.length);
}

function localTime(instant: string, timeZone: string): string {
  return formatOf(timeZone, 'full').format(new Date(instant));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Kept: making one takes longer (0.4 ms) than all else in a message. A service speaks of one time zone. */
function formatOf(timeZone: string, kind: 'clock' | 'full'): Intl.DateTimeFormat {
  const key = `${kind} ${timeZone}`;
  const kept = formats.get(key) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, ...fieldsOf[kind] });
  formats.set(key, kept);
  return kept;
}

const two = '2-digit' as const;
const fieldsOf = {
  clock: { year: 'numeric', month: two, day: two, hour: two, minute: two },
  full: {
    year: 'numeric',
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
    timeZoneName: 'shortOffset',
  },
} as const;
