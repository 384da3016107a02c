import { sendBytes } from '../../service/client.ts';

const sideAtMostPx = 1600;
/** From good to small: the service takes a megabyte. */
const qualities = [0.82, 0.6, 0.4] as const;
const bytesAtMost = 1_048_576;

export function photoPath(alertId: string): string {
  return `/api/v1/alerts/${encodeURIComponent(alertId)}/photo`;
}

/** Puts a photo beside an alert, in place of the one before. Throws `Refused`, or a `DOMException` for what is no picture. */
export async function sendPhoto(alertId: string, file: Blob): Promise<void> {
  await sendBytes(photoPath(alertId), await madeSmaller(file));
}

/** Drawn anew as JPEG: smaller, and without the place that cameras write into their files. */
async function madeSmaller(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file);
  const shrink = Math.min(1, sideAtMostPx / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(Math.round(bitmap.width * shrink), Math.round(bitmap.height * shrink));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  let picture = await canvas.convertToBlob({ type: 'image/jpeg', quality: qualities[0] });
  for (const quality of qualities.slice(1))
    if (picture.size > bytesAtMost) picture = await canvas.convertToBlob({ type: 'image/jpeg', quality });
  return picture;
}
