import { type AddressInfo, createServer, type Socket } from 'node:net';

export type Mail = { readonly to: string; readonly text: string };

type Answers = { greeting?: string; afterRcpt?: string };

/** As much SMTP as a mail needs (RFC 5321). `greeting` and `afterRcpt` are what it answers there. */
export async function mailServer(initial: Answers = {}) {
  let answers = initial;
  const mails: Mail[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    speak(socket, answers, mails);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    answerWith(next: Answers) {
      answers = next;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function speak(socket: Socket, answers: Answers, mails: Mail[]): void {
  let unread = '';
  let to = '';
  let body: string[] | undefined;
  socket.write(`${answers.greeting ?? '220 test'}\r\n`);
  socket.on('data', (chunk) => {
    unread += chunk.toString('latin1');
    for (let end = unread.indexOf('\r\n'); end >= 0; end = unread.indexOf('\r\n')) {
      const line = unread.slice(0, end);
      unread = unread.slice(end + 2);
      take(line);
    }
  });

  function take(line: string): void {
    if (body !== undefined && line !== '.') body.push(line);
    else if (body !== undefined) {
      mails.push({ to, text: body.join('\n') });
      body = undefined;
      socket.write('250 taken\r\n');
    } else if (/^RCPT TO:/i.test(line)) {
      to = line.slice(8);
      socket.write(`${answers.afterRcpt ?? '250 ok'}\r\n`);
    } else if (/^DATA/i.test(line)) {
      body = [];
      socket.write('354 go on\r\n');
    } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
    else socket.write('250 ok\r\n');
  }
}
