import type { Bilingual } from '../model/alert.ts';
import type { Language } from '../model/people.ts';
import type { LinkView } from './parts.ts';

type State = LinkView['state'] | 'unknown';

const sentences: Readonly<Record<State, Bilingual>> = {
  ready: { zh: '确认后，其他人会看到您已处理。', en: 'Once you confirm, the others see that you have answered.' },
  answered: { zh: '已收到您的答复，谢谢。', en: 'Your answer has arrived. Thank you.' },
  tooOld: { zh: '此链接已过期。请登录查看。', en: 'This link is too old. Please log in to see how things are.' },
  over: { zh: '此警报已解除，无需再处理。', en: 'This alert is over; there is nothing left to do.' },
  taken: { zh: '已有其他人在处理。', en: 'Somebody else has it in hand.' },
  unknown: { zh: '此链接无效。', en: 'This is not a link of ours.' },
};

/**
 * What happened, and one button, which works without the script: that only says that somebody looked. Says nothing of a place, and names nobody once it is
 * used.
 */
export function answerPage(opened: LinkView | undefined, timeZone: string): string {
  const state = opened?.state ?? 'unknown';
  const language = opened?.language;
  const languages: readonly Language[] = language === undefined ? ['zh', 'en'] : [language];
  const lines = languages.map((one) => `<p>${escaped(sentences[state][one])}</p>`);
  const facts = opened === undefined ? '' : factsOf(opened, languages, timeZone);
  const form = opened?.state === 'ready' ? formOf(opened, languages) : '';
  return `<!doctype html>
<html lang="${languages[0] === 'en' ? 'en' : 'zh-CN'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>安居 Anju</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/answer.css">${opened === undefined ? '' : script}
</head>
<body>
<main>
${facts}
${lines.join('\n')}
${form}
</main>
</body>
</html>
`;
}

/** Programs that look at every link in a mail run no scripts. */
const script = '\n<script src="/opened.js" defer></script>';

function factsOf(opened: LinkView, languages: readonly Language[], timeZone: string): string {
  const { state, headline, residentName, openedAtMs } = opened;
  const who = state === 'ready' && residentName !== undefined ? `<p>${escaped(residentName)}</p>` : '';
  const at = new Date(openedAtMs).toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return `<h1>${languages.map((language) => escaped(headline[language])).join('<br>')}</h1>${who}<p>${escaped(at)}</p>`;
}

/** It posts to where it is: the address has the token. */
function formOf({ button }: LinkView, languages: readonly Language[]): string {
  const label = languages.map((language) => button[language]).join(' / ');
  return `<form method="post"><button type="submit">${escaped(label)}</button></form>`;
}

function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' };
  return text.replace(/[&<>"']/g, (sign) => `&${names[sign]};`);
}
