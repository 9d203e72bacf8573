import type { RegistrationStart } from '../contracts/registration';
import { Refused } from '../domain/refused';
import { OPEN_STATUSES } from '../domain/registration';
import { listed } from '../prisma/fragments';
import { tellObjection } from '../temporal/case-workflows';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';

type Objecting = Pick<CommandDependencies, 'prisma' | 'temporal' | 'now' | 'unanswered'>;

/** R2.8: somebody says that a registration of their school is not theirs. What is open is told to nobody: the answer is the same. */
export function object(dependencies: Objecting): Commands['object'] {
  const { prisma, temporal, now, unanswered } = dependencies;
  return async ({ schoolCode, name, phone, note, formId }) => {
    if (!(await prisma.school.findUnique({ where: { code: schoolCode }, select: { code: true } }))) throw new Refused('NOT_FOUND');
    await prisma.objection.createMany({ data: { id: formId, schoolCode, name, phone, note, createdAt: now() }, skipDuplicates: true });
    const start = await startOfOpen(dependencies, schoolCode);
    // Nobody waits for it: the time that it takes would tell whether something is open (X8). What fails, the next sweep makes good.
    void tellObjection(temporal, { schoolCode, objectionId: formId, start }).catch(unanswered);
  };
}

/** What the school's open registration resumes with, by one statement whether or not there is one. */
async function startOfOpen({ prisma }: Objecting, schoolCode: string): Promise<RegistrationStart | null> {
  const [start] = await prisma.$queryRaw<RegistrationStart[]>`
    SELECT r.id AS "registrationId", r.school_code AS "schoolCode", f.id AS "formId"
    FROM registration r JOIN form f ON f.case_id = r.id AND f.kind = 'SUBMISSION'
    WHERE r.school_code = ${schoolCode} AND r.status IN ${listed(OPEN_STATUSES)}`;
  return start ?? null;
}
