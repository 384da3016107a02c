import { z } from 'zod';
import { AppError } from '../../model/errors.ts';
import { Id } from '../../model/ids.ts';
import type { Contact } from '../../model/people.ts';
import { type Context, type Http, userOf } from '../access.ts';
import { requireResident } from '../residents.ts';
import { ResidentView, viewOfResident } from '../views.ts';

const IdParams = z.object({ id: z.string() });
const Order = z.strictObject({ ids: z.array(z.union([Id, z.array(Id).min(1).max(50)])).max(50) });

/** In which order family and friends are told. */
export function contactRoutes(http: Http, { parts }: Context): void {
  const { directory, administration, records, clock } = parts;
  http.put('/residents/:id/contacts/order', {
    config: { access: ['admin', 'operator', 'family'] },
    schema: {
      tags: ['residents'],
      summary: 'The contacts in the order in which they are told',
      description: 'Ids of all contacts; a list within the list is told at the same time.',
      params: IdParams,
      body: Order,
      response: { 200: ResidentView },
    },
    handler: async (request) => {
      const user = userOf(request);
      const { id } = request.params;
      const may = () => requireResident(directory, user, id);
      may();
      const { ids } = request.body;
      await administration.patch('residents', id, ({ contacts }) => ({ contacts: ordered(contacts, ids) }), may);
      await records.audit([{ atMs: clock(), who: user.id, what: 'contactsOrder', about: id, detail: { ids } }]);
      const resident = directory.residents.get(id);
      if (resident === undefined) throw new AppError('notFound', `There is no ${id} among the residents any more.`);
      return viewOfResident(resident, user);
    },
  });
}

/** Throws AppError `badRequest` unless everybody is named once: whoever is forgotten would be told by nobody's wish. */
function ordered(contacts: readonly Contact[], ids: readonly (string | readonly string[])[]): Contact[] {
  const named = ids.flat();
  const isEverybody = named.length === contacts.length && contacts.every(({ id }) => named.includes(id));
  if (!isEverybody || new Set(named).size !== named.length) {
    const reason = `must name each of these once: ${contacts.map(({ id }) => id).join(', ')}`;
    throw new AppError('badRequest', 'The order was not changed.', [{ path: 'body.ids', reason }]);
  }
  const placeOf = (id: string): number => ids.findIndex((one) => [one].flat().includes(id));
  return contacts.map((contact) => ({ ...contact, order: placeOf(contact.id) }));
}
