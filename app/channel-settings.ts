import { z } from 'zod';
import type { Aliyun } from '../alerts/channels/index.ts';
import { type AllowList, nothingPrivate, parseAllowList } from '../alerts/outgoing/reach.ts';
import { AppError } from '../model/errors.ts';

const Text = z.string().min(1, 'must not be empty');
const Web = z
  .url({ protocol: /^https?$/, error: 'must be http://… or https://…' })
  .refine((url) => !/[@?#]/.test(url), 'must have no user, query or fragment')
  .transform((url) => url.replace(/\/+$/, ''));

const AllowListSetting = z.string().transform((text, context): AllowList => {
  const list = parseAllowList(text);
  if (!('wrong' in list)) return list;
  context.addIssue({ code: 'custom', message: list.wrong });
  return z.NEVER;
});

/** The variables of the channels; docs/CHANNELS.md says how each is set up. */
export const channelVariables = {
  ANJU_PUBLIC_URL: Web.optional(),
  ANJU_ALLOW_PRIVATE: AllowListSetting.default(nothingPrivate),
  ANJU_PUSH_CONTACT: z
    .string()
    .regex(/^(mailto:.+@.+|https:\/\/.+)$/, 'must be mailto:… or https://…')
    .default('mailto:anju@localhost'),
  ANJU_ALIYUN_KEY_ID: Text.optional(),
  ANJU_ALIYUN_KEY_SECRET: Text.optional(),
  ANJU_ALIYUN_SMS_SIGN: Text.optional(),
  ANJU_ALIYUN_SMS_TEMPLATE: Text.optional(),
  ANJU_ALIYUN_SMS_URL: Web.optional(),
  ANJU_ALIYUN_VOICE_TEMPLATE: Text.optional(),
  ANJU_ALIYUN_VOICE_NUMBER: Text.optional(),
  ANJU_ALIYUN_VOICE_URL: Web.optional(),
  ANJU_ALIYUN_CALLBACK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{24,128}$/, 'must be 24 to 128 of A-Z a-z 0-9 _ -')
    .optional(),
};

const Variables = z.object(channelVariables);
type Variables = z.infer<typeof Variables>;

export type ChannelSettings = {
  /** Where people reach this service, for the links in messages. */
  readonly publicUrl: string | undefined;
  readonly allowPrivate: AllowList;
  /** Whom a push service writes to. */
  readonly pushContact: string;
  readonly aliyun: Aliyun | undefined;
  /** Part of the address Aliyun reports to; without it there is no such address. */
  readonly aliyunCallbackSecret: string | undefined;
};

/** Throws AppError when variables that make sense together only do not stand together. */
export function channelSettingsOf(env: Variables): ChannelSettings {
  return {
    publicUrl: env.ANJU_PUBLIC_URL,
    allowPrivate: env.ANJU_ALLOW_PRIVATE,
    pushContact: env.ANJU_PUSH_CONTACT,
    aliyun: aliyunOf(env),
    aliyunCallbackSecret: env.ANJU_ALIYUN_CALLBACK_SECRET,
  };
}

function aliyunOf(env: Variables): Aliyun | undefined {
  const { ANJU_ALIYUN_KEY_ID: id, ANJU_ALIYUN_KEY_SECRET: secret } = env;
  if (id === undefined && secret === undefined) {
    requireAbsent(env, 'ANJU_ALIYUN_KEY_ID', /^ANJU_ALIYUN_/);
    return undefined;
  }
  if (id === undefined || secret === undefined) {
    throw new AppError('badRequest', 'ANJU_ALIYUN_KEY_ID and ANJU_ALIYUN_KEY_SECRET must be set together');
  }
  return { key: { id, secret }, sms: smsOf(env), voice: voiceOf(env) };
}

function smsOf(env: Variables) {
  const { ANJU_ALIYUN_SMS_SIGN: sign, ANJU_ALIYUN_SMS_TEMPLATE: template, ANJU_ALIYUN_SMS_URL: server } = env;
  if (template === undefined) return requireAbsent(env, 'ANJU_ALIYUN_SMS_TEMPLATE', /^ANJU_ALIYUN_SMS_/);
  if (sign === undefined) {
    throw new AppError('badRequest', 'ANJU_ALIYUN_SMS_TEMPLATE is set, so ANJU_ALIYUN_SMS_SIGN must be set too');
  }
  return { server: server ?? 'https://dysmsapi.aliyuncs.com', sign, template };
}

function voiceOf(env: Variables) {
  const { ANJU_ALIYUN_VOICE_TEMPLATE: template, ANJU_ALIYUN_VOICE_NUMBER: from, ANJU_ALIYUN_VOICE_URL: server } = env;
  if (template === undefined) return requireAbsent(env, 'ANJU_ALIYUN_VOICE_TEMPLATE', /^ANJU_ALIYUN_VOICE_/);
  return { server: server ?? 'https://dyvmsapi.aliyuncs.com', template, from };
}

function requireAbsent(env: Variables, missing: string, pattern: RegExp): undefined {
  const alone = Object.entries(env).filter(([name, value]) => pattern.test(name) && value !== undefined);
  if (alone.length === 0) return undefined;
  const names = alone.map(([name]) => name).join(', ');
  throw new AppError('badRequest', `${names} has no use without ${missing}`);
}
