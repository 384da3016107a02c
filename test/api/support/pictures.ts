import type { Town } from './town.ts';

export const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
export const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 9]);

export type PictureMethod = 'GET' | 'PUT' | 'DELETE';

/** Somebody asks for a picture, or sends one. `path` behind `/api/v1`. */
export async function askPicture(
  town: Town,
  who: string,
  method: PictureMethod,
  path: string,
  body?: Buffer,
  type = 'image/jpeg',
) {
  const response = await fetch(`${town.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await town.tokenOf(who)}`,
      ...(body !== undefined && { 'content-type': type }),
    },
    ...(body !== undefined && { body: new Uint8Array(body) }),
  });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}
