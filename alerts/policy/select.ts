import type { Alert } from '../../model/alert.ts';
import type { Directory } from '../../model/directory.ts';
import type { Policy } from '../../model/policy.ts';
import { defaultPolicyOf, hasOwnWay, type Steps } from './defaults.ts';

/**
 * The policy of an alert: the resident's own, else that of the smallest area around the home, else the one for
 * everybody, else the built-in one. Among several of one owner the first that names the type, then the severity.
 *
 * @param draft a policy that is not stored yet, in place of the one with its id
 * @returns undefined when nobody is to be disturbed
 */
export function policyOf(directory: Directory, alert: Alert, draft?: Policy): Steps | undefined {
  return writtenPolicyOf(directory, alert, draft) ?? defaultPolicyOf(alert);
}

/** The same, undefined where nothing is written down. */
export function writtenPolicyOf(directory: Directory, alert: Alert, draft?: Policy): Policy | undefined {
  const areas = directory.areaPath(alert.areaId).reverse();
  for (const owner of [{ residentId: alert.residentId }, ...areas.map((areaId) => ({ areaId })), {}]) {
    const found = mostSpecific(policiesOf(directory, owner, draft).filter((policy) => fits(policy, alert)));
    if (found !== undefined) return found;
  }
  return undefined;
}

type Owner = Pick<Policy, 'residentId' | 'areaId'>;

function policiesOf(directory: Directory, owner: Owner, draft: Policy | undefined): readonly Policy[] {
  const stored = directory.policiesOf(owner);
  if (draft === undefined) return stored;
  const others = stored.filter(({ id }) => id !== draft.id);
  const isOwn =
    draft.residentId === owner.residentId && (draft.residentId !== undefined || draft.areaId === owner.areaId);
  return isOwn ? [...others, draft].sort((a, b) => (a.id < b.id ? -1 : 1)) : others;
}

/** One that does not say for which severities is for those that need somebody now or soon. */
function fits({ types, severities }: Policy, { type, severity }: Alert): boolean {
  const isMeant = severities === undefined ? severity <= 'P3' : severities.includes(severity);
  return isMeant && (types?.includes(type) ?? !hasOwnWay(type));
}

function mostSpecific(policies: readonly Policy[]): Policy | undefined {
  return (
    policies.find(({ types }) => types !== undefined) ??
    policies.find(({ severities }) => severities !== undefined) ??
    policies[0]
  );
}
