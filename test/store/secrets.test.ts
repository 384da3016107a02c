import { expect, test } from 'vitest';
import { hashPassword, hashToken, newToken, tokenMatches, verifyPassword } from '../../store/secrets.ts';

test('a token is known by its hash, as text and as the bytes of a packet', () => {
  const token = newToken();
  expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(hashToken('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0'); // FIPS 180-2, appendix B.1
  expect(tokenMatches(token, hashToken(token))).toBe(true);
  expect(tokenMatches(Buffer.from(token), hashToken(token))).toBe(true);
});

test('another token, no token and a hash that is none do not match', () => {
  const token = newToken();
  expect(tokenMatches(newToken(), hashToken(token))).toBe(false);
  expect(tokenMatches('', hashToken(token))).toBe(false);
  expect(tokenMatches(token, '')).toBe(false);
  expect(tokenMatches(token, token)).toBe(false);
});

test('a password is verified against its own hash only, and never hashes twice to the same', async () => {
  const stored = await hashPassword('密码 correct horse');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword('密码 correct horse', stored)).toBe(true);
  expect(await verifyPassword('密码 correct hors', stored)).toBe(false);
  expect(await hashPassword('密码 correct horse')).not.toBe(stored);
});

test('what is not such a hash verifies nothing', async () => {
  for (const stored of ['', 'plain', '$argon2id$v=19$m=1,t=1$x$y', '$2b$10$abcdefghijklmnopqrstuv']) {
    expect(await verifyPassword('plain', stored)).toBe(false);
  }
});
