import { expect, test } from 'vitest';
import { smallTown, tokenOf } from '../support/community.ts';
import { call, connect, eventually, login, removeFolder, spawnService, temporaryFolder } from '../support/service.ts';

type Order = { id: string; name: string; state: string; detail?: string };

test('a daughter lets the band ring: it hears it once for one id, answers, and she sees that it rang', async () => {
  const folder = temporaryFolder();
  const service = await spawnService(folder);
  try {
    await call(service, await login(service), 'POST', '/import', smallTown(2));
    const daughter = await login(service, 'fam0', 'family-password-0');
    const band = await connect(service, 'band-0', tokenOf('band-0'));
    const heard: { id: string; name: string }[] = [];
    band.on('message', (_topic, payload) => heard.push(JSON.parse(payload.toString())));
    await band.subscribeAsync('v1/devices/band-0/command', { qos: 1 });

    const { status, json } = await call(service, daughter, 'POST', '/devices/band-0/commands', { name: 'ring' });
    expect({ status, state: (json as Order).state }).toEqual({ status: 202, state: 'sent' });
    const command = await eventually(() => heard.find(({ name }) => name === 'ring'));
    expect(command?.id).toBe((json as Order).id);
    const reply = { id: command?.id, ok: true, detail: 'rang for 30 s' };
    await band.publishAsync('v1/devices/band-0/reply', JSON.stringify(reply), { qos: 1 });
    const done = await eventually(async () => {
      const list = await call(service, daughter, 'GET', '/devices/band-0/commands');
      return (list.json as { items: Order[] }).items.find(({ state }) => state === 'done');
    });
    expect(done).toMatchObject({ name: 'ring', detail: 'rang for 30 s' });
    await band.endAsync();
  } finally {
    await service.kill('SIGTERM');
    removeFolder(folder);
  }
});
