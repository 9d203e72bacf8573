import { decisionPayload } from '../contracts/forms';
import { Refused } from '../domain/refused';
import type { QueryDependencies } from './dependencies';
import type { Queries } from './queries';

/** So many are offered, so far back is looked for them, and no longer ones are worth offering. */
const OFFERED = 6;
const LOOKED_AT = 200;
const LONGEST = 300;

/**
 * R3.4: reasons to use again, the caller's own before those of others in the same office. They are read from the decisions
 * themselves, so that they end when those are deleted (X7).
 */
export function decisionReasons({ prisma }: QueryDependencies): Queries['decisionReasons'] {
  return async (caller) => {
    if (caller.role === 'SCHOOL') throw new Refused('FORBIDDEN');
    const { role, districtCode } = caller;
    const officers = await prisma.account.findMany({ where: { role, districtCode }, select: { id: true } });
    const forms = await prisma.form.findMany({
      where: { kind: 'DECISION', state: 'APPLIED', actorId: { in: officers.map(({ id }) => id) } },
      orderBy: { createdAt: 'desc' },
      take: LOOKED_AT,
      select: { actorId: true, payload: true },
    });
    const given = forms.flatMap(({ actorId, payload }) => {
      // The form of a case whose data is gone is empty (X7).
      const { decision, reason = '' } = decisionPayload.safeParse(payload).data ?? {};
      return decision === 'APPROVE' || reason === '' || reason.length > LONGEST ? [] : [{ own: actorId === caller.id, reason }];
    });
    const ownFirst = [...given.filter(({ own }) => own), ...given.filter(({ own }) => !own)];
    return [...new Set(ownFirst.map(({ reason }) => reason))].slice(0, OFFERED);
  };
}
