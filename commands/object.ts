import { WorkflowNotFoundError } from '@temporalio/common';
import { SIGNAL } from '../contracts/case';
import { registrationWorkflowId } from '../contracts/registration';
import { Refused } from '../domain/refused';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';

/** R2.8: somebody says that a registration of their school is not theirs. What is open is told to nobody: the answer is the same. */
export function object({ prisma, temporal, now }: CommandDependencies): Commands['object'] {
  return async ({ schoolCode, name, phone, note, formId }) => {
    if (!(await prisma.school.findUnique({ where: { code: schoolCode }, select: { code: true } }))) throw new Refused('NOT_FOUND');
    await prisma.objection.createMany({ data: { id: formId, schoolCode, name, phone, note, createdAt: now() }, skipDuplicates: true });
    await temporal.workflow
      .getHandle(registrationWorkflowId(schoolCode))
      .signal(SIGNAL.objected, { objectionId: formId })
      .catch((failure: unknown) => {
        // Nothing is open: the objection is kept, and marks no case.
        if (!(failure instanceof WorkflowNotFoundError)) throw failure;
      });
  };
}
