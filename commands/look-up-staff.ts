import { randomUUID } from 'node:crypto';
import type { Caller } from '../domain/entitlement';
import type { CommandDependencies } from './dependencies';
import { spendLookups } from './lookup-budget';
import { ownSchool } from './own-roster';
import type { RosterCommands } from './roster-commands';
import { findPeople, recordLookups } from './staff-lookups';

/** R5.3a: looks one person up; what follows cites the look-up. */
export function lookUpStaff(dependencies: CommandDependencies): RosterCommands['lookUpStaff'] {
  return async ({ caller, nationalId, formId }) => {
    const school = await ownSchool(dependencies.prisma, caller, caller.schoolCode ?? '', dependencies.now());
    await spendLookups(dependencies, caller.id, 1);
    const lookupId = await ownLookupId(dependencies, caller, formId, nationalId);
    const people = await findPeople(dependencies, school.code, [{ lookupId, nationalId }]);
    await recordLookups(dependencies, caller, school, people);
    const [person] = people;
    if (!person) throw new Error('A look-up gave no answer.');
    return person.view;
  };
}

/** The form's ID, unless the same form looked somebody else up before: on a slow line people correct what they sent and send it again. */
async function ownLookupId({ prisma, keyRing }: CommandDependencies, { id: accountId }: Caller, formId: string, nationalId: string): Promise<string> {
  const earlier = await prisma.staffLookup.findUnique({ where: { id: formId }, select: { accountId: true, nationalIdHash: true } });
  const same = !earlier || (earlier.accountId === accountId && earlier.nationalIdHash === keyRing.lookupHash(nationalId));
  return same ? formId : randomUUID();
}
