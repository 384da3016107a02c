import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Where a connection breaks when a commit is under way: before it arrives, or when it was done and before that is told. */
export type CutAt = 'before' | 'after';

/** A way to a server that can be made to break at a commit. */
export async function cutProxy(port: number) {
  let cutAt: CutAt | undefined;
  const sockets = new Set<Socket>();
  const server = createServer((inner) => {
    const outer = connect(port, '127.0.0.1');
    const both = [inner, outer];
    const cut = () => {
      for (const socket of both) socket.destroy();
    };
    let endsWithAnswer = false;
    for (const socket of both) {
      sockets.add(socket);
      socket.on('error', cut).on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
    inner.on('data', (data) => {
      // The commit of a change; that of the way back (`update … set last = '…' where`) is let through.
      if (cutAt !== undefined && data.includes('set last = case')) {
        if (cutAt === 'before') return cut();
        endsWithAnswer = true;
      }
      outer.write(data);
    });
    outer.on('data', (data) => (endsWithAnswer ? cut() : inner.write(data)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cutAt(when: CutAt | undefined) {
      cutAt = when;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
