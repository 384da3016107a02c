import type { FastifyReply } from 'fastify';
import { AppError } from '../model/errors.ts';
import { type Photo, photoBytesAtMost, photoTypeOf, photoTypes } from '../model/photo.ts';
import { type Http, userOf } from './access.ts';

const endings = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const;
/** Each is written in 12 ms in which nothing else is done: one person does not fill the minute with them. */
const picturesPerMinute = 20;

/** Routes below take pictures as their body, and nothing larger than a megabyte. */
export function takesPictures(http: Http): void {
  http.addContentTypeParser(
    [...photoTypes],
    { parseAs: 'buffer', bodyLimit: photoBytesAtMost },
    (_request, body, done) => done(null, body),
  );
}

/** Throws AppError `tooMany` when one person sends too many in a minute. */
export function pictureLimit(http: Http) {
  const perUser = http.createRateLimit({
    max: picturesPerMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => userOf(request).id,
  });
  return async (request: Parameters<typeof perUser>[0]): Promise<void> => {
    const verdict = await perUser(request);
    if (!verdict.isAllowed && verdict.isExceeded) throw new AppError('tooMany', 'Enough photos for a minute.');
  };
}

/** Throws AppError `badRequest` for what is no picture, whatever its media type says. */
export function pictureIn(body: unknown): Photo {
  const type = body instanceof Uint8Array ? photoTypeOf(body) : undefined;
  if (body instanceof Uint8Array && type !== undefined) return { type, bytes: body };
  throw new AppError('badRequest', 'This is no picture: send the bytes of a JPEG, PNG or WebP file as the body.');
}

/** Somebody sent it: a browser shows it as a picture, and never as a page with scripts of its own. */
export function showPicture(reply: FastifyReply, { type, bytes }: Photo): FastifyReply {
  return reply
    .type(type)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('content-disposition', `inline; filename="photo.${endings[type]}"`)
    .send(Buffer.from(bytes));
}
