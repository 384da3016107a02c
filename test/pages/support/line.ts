import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The line between a page and the service, to be cut, mended or frozen. */
export type Line = {
  readonly url: string;
  /** Everything open breaks and nothing new gets through. */
  cut(): void;
  mend(): void;
  /** Everything seems open and no byte gets through any more. */
  freeze(): void;
  close(): void;
};

export async function openLine(port: number): Promise<Line> {
  const ends = new Set<Socket>();
  let state: 'open' | 'cut' | 'frozen' = 'open';
  const server = createServer((near) => {
    ends.add(near);
    near.on('error', () => undefined).on('close', () => ends.delete(near));
    if (state === 'cut') near.destroy();
    if (state === 'open') joinWithService(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  function joinWithService(near: Socket): void {
    const far = connect(port, '127.0.0.1');
    ends.add(far);
    far.on('error', () => near.destroy()).on('close', () => near.destroy());
    near.on('close', () => far.destroy());
    near.on('data', (data) => void (state === 'open' && far.write(data)));
    far.on('data', (data) => void (state === 'open' && near.write(data)));
  }

  const breakAll = () => {
    for (const end of ends) end.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      state = 'cut';
      breakAll();
    },
    mend() {
      state = 'open';
    },
    freeze() {
      state = 'frozen';
    },
    close() {
      breakAll();
      server.close();
    },
  };
}
