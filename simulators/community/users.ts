import type { CommunityDocument } from '../../model/community.ts';
import type { Resident, User } from '../../model/people.ts';
import { communityAreaId, gridIds } from './places.ts';

/** Residents whose family looks in. */
const families = 4;

/** A centre's operator, two grid workers and some families; no administrator: the service has its own. */
export function usersOf(
  residents: readonly Resident[],
  passwordOf: (username: string) => string,
): CommunityDocument['users'] {
  const users: User[] = [
    { id: 'user-operator', username: 'operator', name: '周敏', role: 'operator', areaId: communityAreaId },
    { id: 'user-responder-1', username: 'responder1', name: '李明', role: 'responder', areaId: communityAreaId },
    { id: 'user-responder-2', username: 'responder2', name: '陈静', role: 'responder', areaId: gridIds[1] },
    ...residents.slice(0, families).map(familyOf),
  ];
  return users.map((user) => ({ ...user, password: passwordOf(user.username) }));
}

function familyOf({ id }: Resident, index: number): User {
  return { id: `user-family-${index + 1}`, username: `family${index + 1}`, role: 'family', residentIds: [id] };
}
