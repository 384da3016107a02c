import { createHash } from 'node:crypto';
import { stamp } from '../model/local-time.ts';
import type { TimeRange } from '../store/contracts.ts';
import type { KpiFigures } from './parts.ts';

export type ReportFrame = {
  readonly range: TimeRange;
  /** The area's name; everything when absent. */
  readonly area: string | undefined;
  readonly lang: 'zh' | 'en';
  readonly timeZone: string;
};

const words = {
  title: ['紧急呼叫处置月报', 'How emergencies were handled'],
  whole: ['全部区域', 'all areas'],
  answered: ['应答', 'Answered'],
  arrived: ['到场（有人出发的）', 'Arrived (where somebody set out)'],
  within: ['以内', 'within'],
  target: ['目标', 'target'],
  emergencies: ['紧急警情', 'Emergencies'],
  alerts: ['全部警情', 'All alerts'],
  late: ['超过 3 分钟无人应答', 'Not answered within 3 minutes'],
  perResident: ['每位老人每月警情', 'Alerts per resident and month'],
  load: ['每小时警情（平均 / 最多）', 'Alerts per hour (mean / most)'],
  callBack: ['事后回访', 'Called back afterwards'],
  rating: ['满意度', 'Rating'],
  visits: ['按时探访', 'Visited on time'],
  precision: ['按类型的真实率', 'Real, by type'],
  delivery: ['按渠道的送达率', 'Delivered, by channel'],
  perDay: ['每日警情', 'Alerts a day'],
  nothing: ['没有数据', 'nothing to measure'],
  of: ['共', 'of'],
  made: ['由记录的时间线计算，不用计数器。', 'Computed from the recorded time lines, never from counters.'],
} as const;

const style = `
@page { size: A4; margin: 16mm }
body { font: 14px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: #101828; max-width: 780px; margin: 24px auto; padding: 0 16px }
h1 { font-size: 28px; margin: 0 } h2 { font-size: 16px; margin: 24px 0 8px; break-after: avoid }
p { margin: 4px 0 16px; color: #475467 }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: 4px 8px 4px 0; border-bottom: 1px solid #EAECF0; font-variant-numeric: tabular-nums }
td:last-child { text-align: right } .missed { color: #B42318; font-weight: 600 } .met { color: #067647 }
svg { width: 100%; height: 120px; display: block } rect { fill: #1F5EFF } line { stroke: #EAECF0 } text { font-size: 10px; fill: #475467 }
`;
/** The page is one file that can be saved, sent and printed: nothing is fetched, nothing runs. */
export const reportPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`;

/** The figures as a page to print. The first group is the whole, the others its days. */
export function monthlyReport(groups: readonly KpiFigures[], frame: ReportFrame): string {
  const [whole, ...days] = groups;
  if (whole === undefined) throw new Error('a report needs the figures of the whole');
  const word = wordsIn(frame.lang);
  const { range, timeZone, area = word('whole') } = frame;
  const time = `${stamp(timeZone, range.fromMs)} – ${stamp(timeZone, range.toMs)}`;
  return `<!doctype html>
<html lang="${frame.lang === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><title>${word('title')}</title>
<meta name="viewport" content="width=device-width"><style>${style}</style></head><body>
<h1>${word('title')}</h1><p>${escaped(area)} · ${time} (${escaped(timeZone)})</p>
${summaryOf(whole, word)}
<h2>${word('perDay')}</h2>${chartOf(days)}
${sharesOf(word('precision'), whole.precision, word)}
${sharesOf(word('delivery'), whole.delivery, word)}
<p>${word('made')}</p></body></html>
`;
}

type Word = (name: keyof typeof words) => string;

function wordsIn(lang: 'zh' | 'en'): Word {
  return (name) => words[name][lang === 'zh' ? 0 : 1];
}

function summaryOf(whole: KpiFigures, word: Word): string {
  const { p1, arrival, load, callBack, visits } = whole;
  const within = (what: string, time: string): string =>
    word('within') === '以内' ? `${time}内${what}` : `${what} within ${time}`;
  const rows = [
    row(word('alerts'), String(whole.total)),
    row(word('emergencies'), String(p1.count)),
    targeted(within(word('answered'), '60 s'), p1.acknowledgedWithin60s, p1.targets.within60s, word),
    targeted(within(word('answered'), '180 s'), p1.acknowledgedWithin180s, p1.targets.within180s, word),
    row(word('late'), String(p1.unansweredOver180s), p1.unansweredOver180s > 0 ? 'missed' : 'met'),
    ...([15, 30, 45, 60] as const).map((minutes) =>
      row(within(word('arrived'), `${minutes} min`), percent(arrival[`within${minutes}min`], word)),
    ),
    row(word('perResident'), rounded(whole.perResidentMonth, word)),
    row(word('load'), `${rounded(load.meanPerHour, word)} / ${load.mostPerHour}`),
    row(word('callBack'), percent(callBack.share, word)),
    row(word('rating'), rounded(callBack.meanRating, word)),
    targeted(word('visits'), visits.share, visits.target, word, ` (${word('of')} ${visits.due})`),
  ];
  return `<table>${rows.join('')}</table>`;
}

function row(name: string, value: string, mark = ''): string {
  return `<tr><td>${name}</td><td${mark && ` class="${mark}"`}>${value}</td></tr>`;
}

function targeted(name: string, share: number | undefined, target: number, word: Word, of = ''): string {
  const mark = share === undefined ? '' : share >= target ? 'met' : 'missed';
  return row(name, `${percent(share, word)}${of} (${word('target')} ${percent(target, word)})`, mark);
}

function sharesOf(title: string, shares: KpiFigures['precision'], word: Word): string {
  const rows = Object.entries(shares).map(([name, { of, share }]) =>
    row(escaped(name), `${percent(share, word)} (${word('of')} ${of})`),
  );
  return rows.length === 0 ? '' : `<h2>${title}</h2><table>${rows.join('')}</table>`;
}

/** A bar a day, the number above it. */
function chartOf(days: readonly KpiFigures[]): string {
  const most = Math.max(1, ...days.map(({ total }) => total));
  const step = 780 / Math.max(1, days.length);
  const bars = days.map(({ key, total }, index) => {
    const height = (total / most) * 88;
    const x = index * step;
    const label = index % Math.ceil(days.length / 16) === 0 ? `<text x="${x}" y="118">${key.slice(5)}</text>` : '';
    return `<rect x="${x + 1}" y="${100 - height}" width="${Math.max(1, step - 2)}" height="${height}"><title>${key}: ${total}</title></rect>${label}`;
  });
  return `<svg viewBox="0 0 780 120" role="img"><line x1="0" y1="100" x2="780" y2="100"/>${bars.join('')}<text x="0" y="10">${most}</text></svg>`;
}

function percent(share: number | undefined, word: Word): string {
  return share === undefined ? word('nothing') : `${(share * 100).toFixed(1)} %`;
}

function rounded(value: number | undefined, word: Word): string {
  return value === undefined ? word('nothing') : value.toFixed(2);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
