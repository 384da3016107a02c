import type { Bilingual } from '../../model/alert.ts';
import type { Language } from '../../model/people.ts';
import type { HandedAlert, ShiftHandOver } from '../../model/shift.ts';
import { stateNames, typeNames } from '../wording.ts';

const headings = {
  open: { zh: '未结警报', en: 'Open alerts' },
  done: { zh: '本班已结', en: 'Closed in this shift' },
  callBacks: { zh: '待回访', en: 'Call-backs owed' },
  away: { zh: '外出', en: 'Away' },
  silences: { zh: '静默、演习与测试', en: 'Silences, exercises, tests' },
  doubtful: { zh: '重点对象设备存疑', en: 'At high risk, devices in doubt' },
  next: { zh: '下一班', en: 'Next shift' },
  gaps: { zh: '24 小时内无人值班', en: 'Nobody on duty within 24 hours' },
} as const satisfies Record<string, Bilingual>;
const none: Bilingual = { zh: '无', en: 'none' };
const silenceKinds: Readonly<Record<ShiftHandOver['silences'][number]['kind'], Bilingual>> = {
  silence: { zh: '静默', en: 'silence' },
  exercise: { zh: '演习', en: 'exercise' },
  testMode: { zh: '测试', en: 'test' },
};

/** The hand-over to read, in both languages. `timeZone`: IANA name. */
export function textOf(handOver: ShiftHandOver, timeZone: string): Bilingual {
  return { zh: pageIn('zh', handOver, timeZone), en: pageIn('en', handOver, timeZone) };
}

function pageIn(language: Language, handOver: ShiftHandOver, timeZone: string): string {
  const { areaName, at, shift, next, gaps } = handOver;
  const words = new Words(language, timeZone);
  const title = language === 'zh' ? `交接班 ${areaName}` : `Hand-over ${areaName}`;
  const sections: Readonly<Record<keyof typeof headings, readonly string[]>> = {
    open: handOver.open.map((alert) => words.alert(alert)),
    done: handOver.done.map((alert) => words.alert(alert)),
    callBacks: handOver.callBacks.map((call) => words.callBack(call)),
    away: handOver.away.map(({ resident, until }) => `${resident.name} → ${words.time(until)}`),
    silences: handOver.silences.map((silence) => words.silence(silence)),
    doubtful: handOver.doubtful.map((one) => words.doubt(one)),
    next: next === undefined ? [] : [words.duty(next)],
    gaps: gaps.map(({ from, to }) => `${words.time(from)} – ${words.time(to)}`),
  };
  const names = Object.keys(headings) as (keyof typeof headings)[]; // its own keys
  return [
    `${title} ${words.time(at)}`,
    words.duty(shift),
    ...names.flatMap((name) => words.section(name, sections[name])),
  ].join('\n');
}

/** Lines in one language. */
class Words {
  readonly #language: Language;
  readonly #format: Intl.DateTimeFormat;

  constructor(language: Language, timeZone: string) {
    this.#language = language;
    const two = '2-digit' as const;
    const fields = { year: 'numeric', month: two, day: two, hour: two, minute: two } as const;
    this.#format = new Intl.DateTimeFormat('sv-SE', { timeZone, ...fields });
  }

  section(name: keyof typeof headings, lines: readonly string[]): readonly string[] {
    const heading = headings[name][this.#language];
    if (lines.length === 0) return ['', `${heading}: ${none[this.#language]}`];
    return ['', `${heading} (${lines.length})`, ...lines.map((line) => `- ${line}`)];
  }

  /** `03-14 22:00`. */
  time(instant: string): string {
    return this.#format.format(new Date(instant)).slice('2026-'.length);
  }

  duty({ from, to, people }: ShiftHandOver['shift']): string {
    const names = people.map(({ name }) => name).join(', ');
    return `${this.time(from)} – ${this.time(to)}: ${names === '' ? none[this.#language] : names}`;
  }

  alert({ severity, type, state, about, openedAt, outcome, assignee }: HandedAlert): string {
    const words = [
      typeNames[type][this.#language],
      about.name,
      stateNames[state][this.#language],
      assignee?.name,
      outcome,
    ];
    return `${this.time(openedAt)} ${severity} ${words.filter((word) => word !== undefined).join(' · ')}`;
  }

  callBack({ about, for: at, by, note }: ShiftHandOver['callBacks'][number]): string {
    const notReached = { zh: '未接通', en: 'not reached' }[this.#language];
    const words = [about.name ?? about.id, at === undefined ? notReached : this.time(at), by.name, note];
    return words.filter((word) => word !== undefined).join(' · ');
  }

  silence({ kind, about, until, reason }: ShiftHandOver['silences'][number]): string {
    const what = about.kind === 'device' ? `${about.name ?? ''} ${about.id}`.trim() : (about.name ?? about.id);
    return `${silenceKinds[kind][this.#language]} · ${what} → ${this.time(until)} · ${reason}`;
  }

  doubt({ resident, riskTier, faults }: ShiftHandOver['doubtful'][number]): string {
    const what = faults.map(({ type, since }) => `${typeNames[type][this.#language]} (${this.time(since)})`);
    return `${resident.name} (${riskTier}) · ${what.join(', ')}`;
  }
}

/** How much of what, for a message: no names, for it goes over other people's machines. */
export function countsOf(handOver: ShiftHandOver) {
  const { open, done, callBacks, away, silences, doubtful, gaps } = handOver;
  return {
    open: open.length,
    emergencies: open.filter(({ severity }) => severity === 'P1').length,
    done: done.length,
    callBacks: callBacks.length,
    away: away.length,
    silences: silences.length,
    doubtful: doubtful.length,
    gaps: gaps.length,
  };
}

/** One line for whoever comes on duty. */
export function lineOf(handOver: ShiftHandOver): Bilingual {
  const { areaName } = handOver;
  const { open, emergencies, callBacks, away, silences, doubtful, gaps } = countsOf(handOver);
  return {
    zh: `${areaName}交接班：未结 ${open}（P1 ${emergencies}），待回访 ${callBacks}，外出 ${away}，静默/测试 ${silences}，重点对象设备存疑 ${doubtful}，24 小时内缺班 ${gaps}。详情请登录查看`,
    en: `${areaName}, hand-over: ${open} open (${emergencies} P1), ${callBacks} call-backs owed, ${away} away, ${silences} silenced or tested, ${doubtful} at high risk with devices in doubt, ${gaps} gaps within 24 h. Log in for names`,
  };
}
