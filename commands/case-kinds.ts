// What commands know of each kind of case: the workflow that holds it, and with what that is started.
import type { FormReference } from '../contracts/case';
import { decisionPayload, submissionPayload } from '../contracts/forms';
import { REGISTRATION_WORKFLOW, type RegistrationStart, UPDATE } from '../contracts/registration';
import { registrationStartOptions } from '../contracts/registration-start';
import { TRANSFER_UPDATE, TRANSFER_WORKFLOW, type TransferStart } from '../contracts/transfer';
import { transferRequestPayload } from '../contracts/transfer-forms';
import { transferStartOptions } from '../contracts/transfer-start';
import { refuseDecision } from '../domain/decision';
import type { RefusalCode } from '../domain/refusal';
import { isOpen, isPossible, type Step } from '../domain/registration';
import { isOpenTransfer, refuseTransferStep, type TransferStep } from '../domain/transfer';
import { firstFormOf } from '../prisma/first-form';
import type { Form } from '../prisma/generated/client';
import type { CommandDependencies } from './dependencies';
import { schoolTaken } from './school-taken';
import { personAskedFor, transferRow } from './transfer-row';

/** The arguments with which the workflow of a case is started. */
export type CaseStart = RegistrationStart | TransferStart;

interface CaseKind {
  workflow: string;
  /** How the workflow is started with a form. */
  startOptions(form: Form): { workflowId: string; taskQueue: string; args: [CaseStart] };
  /** Why a case cannot begin while its workflow's ID is taken; null when the ID is about to be free, or the case is there. */
  inTheWay(dependencies: CommandDependencies, form: Form): Promise<RefusalCode | null>;
  /** The form that an open case resumes with; null where the case has closed. */
  resumesWith(dependencies: CommandDependencies, caseId: string): Promise<Form | null>;
}

const REGISTRATION: CaseKind = {
  workflow: REGISTRATION_WORKFLOW,
  startOptions: ({ id: formId, caseId: registrationId, schoolCode }) => registrationStartOptions({ registrationId, schoolCode, formId }),
  inTheWay: (dependencies, { schoolCode, caseId: id, payload }) =>
    schoolTaken(dependencies, schoolCode, { id, replaces: submissionPayload.parse(payload).replaces }),
  async resumesWith({ prisma }, caseId) {
    const row = await prisma.registration.findUnique({ where: { id: caseId }, select: { status: true } });
    return row && isOpen(row.status) ? firstFormOf(prisma, 'SUBMISSION', caseId) : null;
  },
};

const TRANSFER: CaseKind = {
  workflow: TRANSFER_WORKFLOW,
  startOptions: ({ id: formId, caseId: transferId, schoolCode, workflowId }) => transferStartOptions(workflowId, { transferId, schoolCode, formId }),
  async inTheWay(dependencies, { kind, caseId, payload }) {
    const asked = kind === 'TRANSFER_REQUEST' ? transferRequestPayload.parse(payload) : await transferRow(dependencies, caseId);
    return personAskedFor(dependencies, asked.personId, caseId);
  },
  async resumesWith({ prisma }, caseId) {
    const row = await prisma.transfer.findUnique({ where: { id: caseId }, select: { status: true } });
    return row && isOpenTransfer(row.status) ? firstFormOf(prisma, 'TRANSFER_REQUEST', caseId) : null;
  },
};

/** How a form reaches its case. */
export interface Way {
  kind: CaseKind;
  update: string;
  /** Whether the workflow is started with it (docs/decisions.md 3). */
  starts?: true;
  /** What the update carries beside the form's ID. */
  carries?(form: Form): object;
  /** Why the case, as its row stands, does not take the step, by what the workflow's validator asks too; null where it does. */
  refusal(dependencies: CommandDependencies, form: Form): Promise<RefusalCode | null>;
}

const registration = (update: string, step: Exclude<Step, 'decide'>): Way => ({
  kind: REGISTRATION,
  update,
  async refusal({ prisma }, { caseId }) {
    const row = await prisma.registration.findUnique({ where: { id: caseId }, select: { status: true } });
    return row && isPossible(step, row.status) ? null : 'NOT_POSSIBLE_NOW';
  },
});

const transfer = (update: string, step: TransferStep): Way => ({
  kind: TRANSFER,
  update,
  async refusal({ prisma }, { caseId }) {
    const row = await prisma.transfer.findUnique({ where: { id: caseId }, select: { status: true, appealedAt: true } });
    return row ? refuseTransferStep(step, row) : 'NOT_POSSIBLE_NOW';
  },
});

/** What begins a case is refused by its recording alone. */
const beginning = (kind: CaseKind, update: string): Way => ({ kind, update, starts: true, refusal: async () => null });

function seenRevision({ payload }: Form): { revision: number } {
  return { revision: decisionPayload.parse(payload).revision };
}

/** The way of each kind of form. */
export const WAYS: Record<Form['kind'], Way> = {
  SUBMISSION: beginning(REGISTRATION, UPDATE.submit),
  DECISION: {
    kind: REGISTRATION,
    update: UPDATE.decide,
    carries: seenRevision,
    async refusal({ prisma }, form) {
      const row = await prisma.registration.findUnique({ where: { id: form.caseId }, select: { status: true, revision: true } });
      return row ? refuseDecision(row, seenRevision(form).revision) : 'NOT_POSSIBLE_NOW';
    },
  },
  RESUBMISSION: registration(UPDATE.resubmit, 'resubmit'),
  WITHDRAWAL: registration(UPDATE.withdraw, 'withdraw'),
  CONFIRMATION: registration(UPDATE.confirm, 'confirm'),
  RENEWAL: registration(UPDATE.renewLink, 'renewLink'),
  ADDRESS: registration(UPDATE.mendAddress, 'mendAddress'),
  ACKNOWLEDGEMENT: registration(UPDATE.acknowledge, 'acknowledge'),
  TRANSFER_REQUEST: beginning(TRANSFER, TRANSFER_UPDATE.request),
  TRANSFER_DECISION: transfer(TRANSFER_UPDATE.decide, 'decide'),
  TRANSFER_WITHDRAWAL: transfer(TRANSFER_UPDATE.withdraw, 'withdraw'),
  TRANSFER_APPEAL: beginning(TRANSFER, TRANSFER_UPDATE.appeal),
};

/** What the update of a form carries. */
export function reference(form: Form): FormReference {
  return { caseId: form.caseId, formId: form.id, ...WAYS[form.kind].carries?.(form) };
}
