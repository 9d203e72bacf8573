import { Refused } from '../domain/refused';
import { derivedId } from '../security/derived-id';
import type { CommandDependencies } from './dependencies';
import { spendLookups } from './lookup-budget';
import { ownSchool } from './own-roster';
import type { RosterCommands } from './roster-commands';
import { findPeople, recordLookups } from './staff-lookups';

/** R5.3a: looks one person up; what follows cites the look-up. */
export function lookUpStaff(dependencies: CommandDependencies): RosterCommands['lookUpStaff'] {
  return async ({ caller, nationalId, formId }) => {
    const school = await ownSchool(dependencies.prisma, caller, caller.schoolCode ?? '', dependencies.now());
    const { granted, retryAfter } = await spendLookups(dependencies, caller.id, 1);
    if (granted === 0) throw new Refused('RATE_LIMITED', { retryAfter });
    // Of the form and the national ID: on a slow line people correct what they sent, and send the same form again.
    const lookupId = derivedId('look-up', caller.id, formId, dependencies.keyRing.lookupHash(nationalId));
    const people = await findPeople(dependencies, school.code, [{ lookupId, nationalId }]);
    await recordLookups(dependencies, caller, school, people);
    const [person] = people;
    if (!person) throw new Error('A look-up gave no answer.');
    return person.view;
  };
}
