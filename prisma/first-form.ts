import type { Form, PrismaClient } from './generated/client';

/** The form that an open case began with, and resumes with. @throws Error where there is none */
export function firstFormOf({ form }: Pick<PrismaClient, 'form'>, kind: 'SUBMISSION' | 'TRANSFER_REQUEST', caseId: string): Promise<Form> {
  return form.findFirstOrThrow({ where: { caseId, kind } });
}
