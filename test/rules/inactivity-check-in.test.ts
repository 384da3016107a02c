import { expect, test } from 'vitest';
import { inactivity } from '../../rules/inactivity.ts';
import { beats, door, flat, flatSays, hears, moves, potters, wellKnown } from './support/days.ts';
import { at, east, hourMs, minuteMs } from './support/home.ts';
import { heads, Life } from './support/replay.ts';

const home = flat();
const morning = potters(at('06:30'), at('07:20'));
const day = beats(at('00:00'), at('23:00'));
/** When the line is met on a day on which she falls after 07:20: people hear at once where nobody can be asked. */
const askedAt = hears(wellKnown(flat({}, ['button', 'band'])), day, morning).signals[0]?.receivedAtMs ?? 0;

test('she is asked first, and people are called when ten minutes bring no answer', () => {
  const life = hears(wellKnown(home), day, morning);
  expect(life.commands).toEqual([
    {
      id: `confirmOk:inactivity:wang:${at('07:20')}`,
      deviceId: 'button',
      name: 'confirmOk',
      args: { withinS: 600 },
    },
  ]);
  expect(life.signals[0]).toMatchObject({ severity: 'P3', receivedAtMs: askedAt + 10 * minuteMs });
});

const answers = [
  { name: 'she presses the button', answer: flatSays('button', askedAt + 5 * minuteMs, { events: ['ok'] }) },
  { name: 'she answers on the band', answer: flatSays('band', askedAt + 5 * minuteMs, { events: ['ok'] }) },
  { name: 'she gets up', answer: moves('lounge', askedAt + 9 * minuteMs) },
];
for (const { name, answer } of answers) {
  test(`${name}: nobody is called`, () => {
    const life = hears(wellKnown(home), day, morning, answer, potters(askedAt + 30 * minuteMs, at('21:30')));
    expect(life.commands).toHaveLength(1);
    expect(life.signals).toEqual([]);
  });
}

test('with nothing to ask her with, people are called at once', () => {
  const life = hears(wellKnown(flat({}, ['button', 'band'])), day, morning);
  expect(life.commands).toEqual([]);
  const because = life.signals[0]?.evidence.because as { en: string }[];
  expect(because.at(-1)?.en).toBe('There is no device in the home to ask the resident with');
  expect(askedAt).toBeLessThan(at('12:00'));
});

test('who is at high risk is urgent at once', () => {
  const life = hears(wellKnown(flat({ riskTier: 'red' })), day, morning);
  expect(heads(life.signals)).toEqual(['raise P2 inactivity']);
});

test('still nothing at twice the line is urgent for everybody', () => {
  const life = hears(wellKnown(home), day, morning);
  expect(heads(life.signals)).toEqual(['raise P3 inactivity', 'raise P2 inactivity']);
  const limitMs = askedAt - at('07:20');
  expect(life.signals[1]?.receivedAtMs).toBe(at('07:20') + 2 * limitMs);
  expect(new Set(life.signals.map(({ id }) => id)).size).toBe(2);
});

test('one movement of an arm on the floor does not call people off; going about the flat does', () => {
  const life = hears(wellKnown(home), day, morning, moves('lounge', at('12:30')), moves('lounge', at('12:41')));
  expect(life.signals.filter(({ effect }) => effect === 'clear')).toEqual([]);
  const up = hears(wellKnown(home), day, morning, potters(at('12:30'), at('21:30')));
  expect(heads(up.signals)).toEqual(['raise P3 inactivity', 'clear P3 inactivity']);
});

test('a few steps of the band on a waving arm are not a walk', () => {
  const steps = (time: string, count: number) => flatSays('band', at(time), { steps: count, motion: true });
  const waves = hears(wellKnown(home), day, morning, steps('07:00', 100), steps('12:00', 104));
  expect(waves.signals.filter(({ effect }) => effect === 'clear')).toEqual([]);
  const walks = hears(wellKnown(home), day, morning, steps('07:00', 100), steps('12:00', 160));
  expect(walks.signals[1]).toMatchObject({ effect: 'clear', receivedAtMs: at('12:00') });
});

test('a band that tells its steps every three seconds is not written down at each of them; a walk is, at once', () => {
  const life = new Life(inactivity, home);
  const countAfter = (time: string, count: number) => {
    life.hear(flatSays('band', at(time), { steps: count }));
    return (life.state as { steps: Record<string, { count: number }> }).steps.band?.count;
  };
  expect(countAfter('07:00', 100)).toBe(100);
  expect(countAfter('07:00:03', 107)).toBe(100);
  expect(countAfter('07:00:06', 114)).toBe(100);
  expect(countAfter('07:00:09', 120)).toBe(120);
  expect(countAfter('07:00:12', 126)).toBe(120);
  expect(countAfter('07:00:19', 127)).toBe(127);
});

test('asked and gone out with the band on: nobody is called', () => {
  const out = flatSays('band', askedAt + 4 * minuteMs, { position: { ...east(900), accuracyM: 15 } });
  const life = hears(wellKnown(home), beats(at('00:00'), at('15:00')), morning, out);
  expect(life.signals).toEqual([]);
});

test('her “I am fine” after the alarm calls people off at once', () => {
  const ok = flatSays('button', at('12:00'), { events: ['ok'] });
  const life = hears(wellKnown(home), day, morning, ok, potters(at('12:30'), at('21:30')));
  expect(life.signals[1]).toMatchObject({ effect: 'clear', receivedAtMs: at('12:00') });
});

test('a call for help is a sign of life, and no all-clear', () => {
  const sos = flatSays('button', at('12:00'), { events: ['sos'] });
  const life = hears(wellKnown(home), beats(at('00:00'), at('13:00')), morning, sos);
  expect(heads(life.signals)).toEqual(['raise P3 inactivity']);
});

test('the carer who looks in for five minutes and finds nobody does not make a second alarm of it', () => {
  const looksIn = (time: string) => {
    const atMs = at(time);
    return [...door(atMs), moves('kitchen', atMs + 90_000), moves('lounge', atMs + 150_000), ...door(atMs + 240_000)];
  };
  const cat = [moves('kitchen', at('12:20')), moves('kitchen', at('18:10'))];
  const life = hears(wellKnown(home), day, morning, looksIn('12:05'), cat, looksIn('18:00'));
  expect(heads(life.signals).filter((head) => head === 'raise P3 inactivity')).toHaveLength(1);
});

test('what a hub kept since before we knew the home does not begin its watch in the past', () => {
  const life = new Life(inactivity, home);
  const old = flatSays('lounge', at('08:00') - 30 * hourMs, { motion: true }, at('08:00'));
  hears(life, old, beats(at('09:00'), at('10:00')));
  expect(life.commands).toEqual([]);
});

test('a restart while she is being asked neither asks again nor loses the call', () => {
  const before = hears(wellKnown(home), beats(at('00:00'), askedAt), morning).waitUntil(askedAt);
  const after = new Life(inactivity, home, { listeningSinceMs: askedAt + 3 * minuteMs });
  after.state = before.state;
  hears(after, beats(askedAt + minuteMs, at('13:00')));
  expect(after.commands).toEqual([]);
  expect(after.signals.map(({ receivedAtMs }) => receivedAtMs)).toEqual([askedAt + 13 * minuteMs]);
});

test('down when the line was met, the service asks ten minutes after it is back, and hears what was kept for it', () => {
  const upAt = askedAt + 60 * minuteMs;
  const story = { listeningSinceMs: upAt };
  const quiet = hears(
    wellKnown(home, story),
    beats(at('00:00'), askedAt - minuteMs),
    morning,
    beats(upAt, at('14:00')),
  );
  expect(quiet.signals[0]?.receivedAtMs).toBe(upAt + 20 * minuteMs);
  const kept = { ...moves('lounge', askedAt - 30 * minuteMs), receivedAtMs: upAt + minuteMs, late: true };
  const alive = wellKnown(home, story);
  hears(alive, beats(at('00:00'), askedAt - minuteMs), morning);
  alive.hear(kept);
  expect(alive.waitUntil(upAt + 30 * minuteMs).commands).toEqual([]);
});

test('after days without us a home that slept is not told “no motion”: it has its line from now on', () => {
  const story = { listeningSinceMs: at('04:00', 2) };
  const life = hears(wellKnown(home, story), beats(at('00:00'), at('10:00')), potters(at('06:30'), at('10:00')));
  hears(life, beats(at('05:00', 2), at('23:00', 2)), potters(at('07:30', 2), at('21:30', 2)));
  expect(life.commands).toEqual([]);
  expect(life.signals).toEqual([]);
  const fallen = hears(wellKnown(home, story), beats(at('00:00'), at('10:00')), potters(at('06:30'), at('10:00')));
  hears(fallen, beats(at('05:00', 2), at('20:00', 2)));
  expect(fallen.signals[0]).toMatchObject({ type: 'inactivity' });
  expect(fallen.signals[0]?.receivedAtMs).toBeLessThanOrEqual(at('17:00', 2));
});

test('the alarm says what was seen and what would have kept it quiet, in numbers and in both languages', () => {
  const [alarm] = hears(wellKnown(flat({ livesAlone: false })), day, morning).signals;
  expect(alarm?.evidence).toMatchObject({
    lastActivityAtMs: at('07:20'),
    limit: 'line',
    daysLearned: 14,
    room: '客厅',
    away: false,
    sensorsSilent: false,
    askedAtMs: askedAt,
  });
  const because = alarm?.evidence.because as { zh: string; en: string }[];
  expect(because.map(({ en }) => en)).toEqual([
    'The last sign of life was at 11-21 07:20 (客厅); nothing has moved since',
    expect.stringMatching(
      /^At this time of day this home is not usually still for more than [\d.]+ hours \(from 14 days/,
    ),
    'The resident was asked and did not answer within 10 minutes',
    'Others live here too, so this is less certain',
  ]);
  const unless = alarm?.evidence.unless as { zh: string; en: string }[];
  expect(unless.map(({ zh }) => zh)).toEqual(['家中有任何活动', '本人按键确认没事', '门磁显示本人已出门']);
});

test('a known home’s state stays small and is not written for every movement', () => {
  const life = wellKnown(home);
  expect(JSON.stringify(life.state).length).toBeLessThan(1000);
  const before = life.writes;
  const bustle = Array.from({ length: 1200 }, (_, i) => moves(i % 2 ? 'kitchen' : 'lounge', at('09:00') + i * 3000));
  hears(life, beats(at('00:00'), at('08:00')), bustle);
  expect(life.writes - before).toBeLessThan(60 + 120);
});
