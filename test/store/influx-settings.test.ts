import { expect, test } from 'vitest';
import { readConfig } from '../../app/config.ts';
import { AppError } from '../../model/errors.ts';

const url = 'http://influx.example:8086';

test('without settings nothing is forwarded', () => {
  expect(readConfig({}).influx).toBeUndefined();
});

test('an address and a bucket are enough; token and organisation when the server wants them', () => {
  expect(readConfig({ ANJU_INFLUX_URL: url, ANJU_INFLUX_BUCKET: 'anju' }).influx).toEqual({ url, bucket: 'anju' });
  const all = { ANJU_INFLUX_TOKEN: 'secret', ANJU_INFLUX_ORG: 'town' };
  const { influx } = readConfig({ ANJU_INFLUX_URL: url, ANJU_INFLUX_BUCKET: 'anju/year', ...all });
  expect(influx).toEqual({ url, bucket: 'anju/year', token: 'secret', org: 'town' });
});

const wrong = [
  { environment: { ANJU_INFLUX_URL: url }, said: 'ANJU_INFLUX_BUCKET must name a bucket or database' },
  { environment: { ANJU_INFLUX_BUCKET: 'anju' }, said: 'ANJU_INFLUX_BUCKET has no use without ANJU_INFLUX_URL' },
  {
    environment: { ANJU_INFLUX_TOKEN: 'secret', ANJU_INFLUX_ORG: 'town' },
    said: 'ANJU_INFLUX_TOKEN, ANJU_INFLUX_ORG has no use without ANJU_INFLUX_URL',
  },
  { environment: { ANJU_INFLUX_URL: 'influx:8086', ANJU_INFLUX_BUCKET: 'anju' }, said: 'ANJU_INFLUX_URL must be http' },
  {
    environment: { ANJU_INFLUX_URL: 'http://me:secret@influx:8086', ANJU_INFLUX_BUCKET: 'anju' },
    said: 'ANJU_INFLUX_TOKEN takes user:password',
  },
];
for (const { environment, said } of wrong) {
  test(`${Object.keys(environment).join(', ')} alone or wrong stops the start: ${said}`, () => {
    expect(() => readConfig(environment)).toThrow(AppError);
    expect(() => readConfig(environment)).toThrow(said);
    expect(() => readConfig(environment)).not.toThrow('secret');
  });
}
