import type { login as zh } from '../zh/login.ts';

export const login: typeof zh = {
  title: 'Log in',
  username: 'User name',
  password: 'Password',
  keep: 'Keep me logged in on this device (12 hours)',
  submit: 'Log in',
  wrong: 'User name or password is wrong. Check both; an administrator can set a new password.',
  tooMany: 'Too many attempts. Try again in a minute.',
  over: 'Your session is over. Please log in again.',
};
