import type { Registration } from '../prisma/generated/client';
import { startCase } from '../temporal/case-workflows';
import type { CommandDependencies } from './dependencies';

/** Starts the workflow of an open case again: it takes the case up where the row left it. */
export async function resumeCase({ temporal, prisma }: CommandDependencies, { id, schoolCode }: Registration): Promise<void> {
  const first = await prisma.form.findFirstOrThrow({ where: { caseId: id, kind: 'SUBMISSION' }, select: { id: true } });
  await startCase(temporal, { registrationId: id, schoolCode, formId: first.id });
}
