import { z } from 'zod';

const form = 'must be postgres://user:password@host:port/database, special characters in it percent-encoded';

function namesUserAndDatabase(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { username, pathname } = new URL(url);
  return username !== '' && pathname.length > 1;
}

/** Where the records are, when they are not in the data folder. What was given is never quoted: it holds a password. */
export const recordsVariables = {
  ANJU_RECORDS_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: form })
    .refine(namesUserAndDatabase, form)
    .optional(),
};
