import { expect, test } from 'vitest';
import {
  bodyText,
  headline,
  mailText,
  markdown,
  shortSubject,
  smsVariables,
  type Telling,
  voiceVariables,
} from '../../alerts/wording.ts';
import { AlertType, Severity } from '../../model/alert.ts';
import { fall, messageTo } from './support/message.ts';
import { links } from './support/parts.ts';

const told = (changes: Partial<Telling> = {}): Telling => ({
  alert: { ...fall, revision: 3 },
  notification: messageTo({ channel: 'sms', address: '1' }),
  timeZone: 'Asia/Shanghai',
  links: links.of({ reason: 'opened', id: messageTo({ channel: 'sms', address: '1' }).id }),
  ...changes,
});
const inEnglish = told({ notification: messageTo({ channel: 'sms', address: '1', language: 'en' }) });

const whole = {
  mail: (telling: Telling) => Object.values(mailText(telling)).join('\n'),
  robot: (telling: Telling) => markdown(telling).text,
  push: (telling: Telling) => `${shortSubject(telling)}\n${bodyText(telling)}`,
};
for (const [name, text] of Object.entries(whole)) {
  test(`${name}: says how grave it is, about whom, which alert and how new, so that a late copy can be told from the news`, () => {
    for (const part of ['P1', '王秀英', fall.id, '/ 3']) expect(text(told())).toContain(part);
  });

  test(`${name}: in English alone for who reads English`, () => {
    expect(text(inEnglish)).toContain('Suspected: Fall');
    expect(text(inEnglish).replaceAll('王秀英', '')).not.toMatch(/\p{Script=Han}/u);
  });
}

test('a text message has every variable, each short enough for Aliyun, whatever happened', () => {
  for (const type of AlertType.options) {
    for (const severity of Severity.options) {
      for (const telling of [told(), inEnglish]) {
        const alert = { ...fall, type, severity, id: 'x'.repeat(80) };
        const name = { ...telling.notification, residentName: '欧阳'.repeat(60) };
        const { link, ...variables } = smsVariables({ ...telling, alert, notification: name });
        expect(Object.keys(variables)).toEqual(['severity', 'who', 'what', 'time', 'id']);
        for (const value of Object.values(variables)) expect([...value].length).toBeLessThanOrEqual(35);
        expect(link).toContain('https://anju.example.org/a/');
      }
    }
  }
});

test('a call speaks no numbers nobody can remember', () => {
  expect(voiceVariables(told())).toEqual({ severity: '紧急', who: '王秀英', what: '疑似跌倒', time: '03-14 10:10' });
});

test('without a public address nothing promises a link', () => {
  const { links: _links, ...without } = told();
  expect(Object.keys(smsVariables(without))).not.toContain('link');
  for (const text of Object.values(whole)) expect(text(without)).not.toMatch(/https?:|我知道了|I have seen/);
});

test('every type and severity has words in both languages', () => {
  for (const type of AlertType.options) {
    for (const severity of Severity.options) {
      const { zh, en } = headline({ ...fall, suspected: false, type, severity });
      expect(zh).toMatch(/^\[P\d \p{Script=Han}+\] \p{Script=Han}+$/u);
      expect(en).toMatch(/^\[P\d [a-z]+\] [A-Z][a-z ]+$/);
    }
  }
});

test('what came late says so', () => {
  const { text } = mailText({ alert: { ...fall, late: true }, notification: {}, timeZone: 'Asia/Shanghai' });
  expect(text).toContain('注意：该信息延迟到达。');
  expect(text).toContain('Note: this information arrived late.');
});
