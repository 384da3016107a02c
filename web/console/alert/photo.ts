import { sendBytes } from '../../service/client.ts';
import { smallerPicture } from '../../service/picture.ts';

/** The service takes a megabyte. */
const limits = { sideAtMostPx: 1600, bytesAtMost: 1_048_576 };

export function photoPath(alertId: string): string {
  return `/api/v1/alerts/${encodeURIComponent(alertId)}/photo`;
}

/** Puts a photo beside an alert, in place of the one before. Throws `Refused`, or a `DOMException` for what is no picture. */
export async function sendPhoto(alertId: string, file: Blob): Promise<void> {
  await sendBytes(photoPath(alertId), await smallerPicture(file, limits));
}
