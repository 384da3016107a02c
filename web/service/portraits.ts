import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue';
import { answerOf, Refused, readBytes, sendBytes, service } from './client.ts';
import { smallerPicture } from './picture.ts';

/** Enough to know her by; a grid worker in the street reads it over a slow network. */
const limits = { sideAtMostPx: 640, bytesAtMost: 120_000 };

export type Portrait = {
  /** For `<img>`; empty while there is none, and while it is not known. */
  readonly address: Readonly<ShallowRef<string>>;
  /** Its bytes, as long as there are any. */
  readonly picture: Readonly<ShallowRef<Blob | undefined>>;
  /** Reads it anew. */
  read(): Promise<void>;
};

/** How a resident looks. Nothing hangs on it: one that cannot be read now is not shown. */
export function usePortrait(residentId: () => string | undefined): Portrait {
  const address = shallowRef('');
  const picture = shallowRef<Blob>();
  let round = 0;
  async function read(): Promise<void> {
    const id = residentId();
    round += 1;
    const own = round;
    const bytes = id === undefined ? undefined : await readBytes(pathOf(id)).catch(unread);
    if (own === round) show(bytes?.size ? bytes : undefined); // 204 has none
  }
  function show(bytes: Blob | undefined): void {
    if (address.value !== '') URL.revokeObjectURL(address.value);
    picture.value = bytes;
    address.value = bytes === undefined ? '' : URL.createObjectURL(bytes);
  }
  watch(
    residentId,
    () => {
      show(undefined);
      void read();
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    round += 1;
    show(undefined);
  });
  return { address, picture, read };
}

/** Throws `Refused`, or a `DOMException` for what is no picture. */
export async function putPortrait(residentId: string, file: Blob): Promise<void> {
  await sendBytes(pathOf(residentId), await smallerPicture(file, limits));
}

/** Throws `Refused`. */
export async function removePortrait(residentId: string): Promise<void> {
  await answerOf(service.DELETE('/api/v1/residents/{id}/photo', { params: { path: { id: residentId } } }));
}

function pathOf(residentId: string): string {
  return `/api/v1/residents/${encodeURIComponent(residentId)}/photo`;
}

function unread(error: unknown): undefined {
  if (!(error instanceof Refused)) throw error;
  return undefined;
}
