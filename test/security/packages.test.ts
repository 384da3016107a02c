import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Locked = {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
};
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
const packages = Object.entries(lock.packages).filter(([place]) => place !== '');
const named = (some: [string, Locked][]) =>
  some.map(([place, { version, license }]) => `${place} ${version}: ${license}`);

/** Licences that ask for no more than to be named; whoever runs Anju may do so for any purpose. */
const free = [
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'Unlicense', 'BlueOak-1.0.0'],
  ...['CC0-1.0', 'Python-2.0'],
];
/** Changes to their own files would have to be published: these we take as they are. */
const asTheyAre = ['MPL-2.0'];
const accepted = new Set([...free, ...asTheyAre]);
/** `(MIT OR CC0-1.0)` leaves the choice to us. */
const choicesIn = (license = 'none') => license.replaceAll(/[()]/g, '').split(' OR ');

test('everything that is installed may be used by everybody for everything', () => {
  const bound = packages.filter(([, { license }]) => !choicesIn(license).some((one) => accepted.has(one)));
  expect(named(bound)).toEqual([]);
});

test('every package is the one that was locked: an exact version and what its bytes add up to', () => {
  const loose = packages.filter(([, { version, integrity }]) => !version || !integrity?.startsWith('sha512-'));
  expect(named(loose)).toEqual([]);
});

test('what we ask for is an exact version, so that nothing newer comes in unseen', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
    string,
    Record<string, string>
  >;
  const ranges = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^(npm:[@\w/-]+@)?\d+\.\d+\.\d+$/.test(version),
  );
  expect(ranges).toEqual([]);
});

test('no package runs a program of its own when it is installed, but those that are named', () => {
  const { allowScripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    allowScripts: Record<string, boolean>;
  };
  const scripted = packages
    .filter(([, one]) => 'hasInstallScript' in one)
    .map(([place]) => place.replace(/^.*node_modules\//, ''));
  expect(scripted.filter((name) => allowScripts[name] === undefined)).toEqual([]);
});
