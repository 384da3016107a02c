import type { RecordStore } from '../../../store/contracts.ts';
import { hookServer } from '../../alerts/support/hook-server.ts';
import { house, reachedAt } from '../../alerts/support/house.ts';
import { memberOf } from '../../alerts/support/member.ts';

/** A family told in this order, and records whose file refuses every change of an alert while `isFull`; `ends` what is to be closed. */
export async function family(contacts: readonly string[], ends: (() => unknown)[]) {
  const fault = { isFull: false };
  const disk = (records: RecordStore): RecordStore =>
    new Proxy(records, {
      get(target, name: keyof RecordStore) {
        const refusing: RecordStore['applyAlerts'] = async (changes) => {
          if (fault.isFull) throw new Error('disk full');
          return target.applyAlerts(changes);
        };
        return name === 'applyAlerts' ? refusing : memberOf(target, name);
      },
    });
  const server = await hookServer();
  const reached = contacts.map((name, order) => reachedAt(server, name, order));
  const home = await house({ contacts: reached, disk });
  ends.push(
    () => server.close(),
    () => home.close(),
  );
  return { fault, server, home };
}
