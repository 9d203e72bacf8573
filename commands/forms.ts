// Forms: what somebody asked for, stored before the workflow is called. One form of a case is open at a time, by a partial
// unique index; nobody holds a lock or a connection while waiting (docs/decisions.md 1).
import { registrationWorkflowId } from '../contracts/registration';
import { transferWorkflowId } from '../contracts/transfer';
import type { RefusalCode } from '../domain/refusal';
import { isRefusalCode } from '../domain/refusal';
import { Refused } from '../domain/refused';
import type { Form, Prisma, Registration, Transfer } from '../prisma/generated/client';
import type { CommandDependencies } from './dependencies';

/** A form as a command writes it. */
export interface NewForm {
  id: string;
  kind: Form['kind'];
  /** The registration, or another case, that it is about. */
  caseId: string;
  /** The workflow that holds the case. */
  workflowId: string;
  schoolCode: string;
  actorId: string | null;
  /** For whom, where not for themselves (R3.6). */
  onBehalfOf?: string | null;
  payload: Prisma.JsonObject;
}

/** A form about a registration: at its school's workflow. */
export function registrationForm({ id, schoolCode }: Pick<Registration, 'id' | 'schoolCode'>, form: Asked): NewForm {
  return { ...form, caseId: id, workflowId: registrationWorkflowId(schoolCode), schoolCode };
}

/** A form about a transfer: at its person's workflow. */
export function transferForm({ id, personId, toSchoolCode }: Pick<Transfer, 'id' | 'personId' | 'toSchoolCode'>, form: Asked): NewForm {
  return { ...form, caseId: id, workflowId: transferWorkflowId(personId), schoolCode: toSchoolCode };
}

type Asked = Pick<NewForm, 'id' | 'kind' | 'actorId' | 'onBehalfOf' | 'payload'>;

/** How opening a form went: it is open now, it was closed before (a repeat), or another form of the case is in the way. */
export type Opening = { kind: 'OPEN'; form: Form } | { kind: 'CLOSED'; form: Form } | { kind: 'BLOCKED'; by: Form | null };

/** Stores the form and opens it, unless it is there already or another form of its case is open. */
export async function openForm({ prisma, now }: CommandDependencies, form: NewForm): Promise<Opening> {
  const { id, kind, caseId, workflowId, schoolCode, actorId, onBehalfOf = null, payload } = form;
  const createdAt = now();
  // A repeat, or losing the race for the case, is ordinary and no error in the database's log. In SQL, since Prisma plans an
  // insert that skips conflicts anew each time, which costs four times as much.
  const created = await prisma.$executeRaw`
    INSERT INTO form (id, kind, case_id, workflow_id, school_code, actor_id, on_behalf_of, payload, created_at)
    VALUES (${id}::uuid, ${kind}::"FormKind", ${caseId}::uuid, ${workflowId}, ${schoolCode}, ${actorId}::uuid, ${onBehalfOf}::uuid,
      ${JSON.stringify(payload)}::jsonb, ${createdAt})
    ON CONFLICT DO NOTHING`;
  if (created === 1) return { kind: 'OPEN', form: { ...form, onBehalfOf, createdAt, state: 'OPEN', refusal: null, closedAt: null } };
  const earlier = await prisma.form.findUnique({ where: { id: form.id } });
  if (earlier) return repeated(earlier, form);
  return { kind: 'BLOCKED', by: await prisma.form.findFirst({ where: { caseId: form.caseId, state: 'OPEN' } }) };
}

/** A repeat goes on with its own form; an ID that somebody took from elsewhere opens nothing. */
function repeated(earlier: Form, form: NewForm): Opening {
  const same = earlier.caseId === form.caseId && earlier.kind === form.kind && earlier.actorId === form.actorId;
  if (!same) throw new Refused('NOT_POSSIBLE_NOW');
  return { kind: earlier.state === 'OPEN' ? 'OPEN' : 'CLOSED', form: earlier };
}

/** What a form's row says became of it. */
export type FormOutcome = { applied: true } | { applied: false; refusal: RefusalCode };

/** The outcome of a form by its own ID, or null while it is open. */
export async function formOutcome({ prisma }: CommandDependencies, id: string): Promise<FormOutcome | null> {
  const form = await prisma.form.findUnique({ where: { id }, select: { state: true, refusal: true } });
  if (!form || form.state === 'OPEN') return null;
  return outcomeOf(form);
}

/** The outcome of a closed form. */
export function outcomeOf({ state, refusal }: Pick<Form, 'state' | 'refusal'>): FormOutcome {
  if (state === 'APPLIED') return { applied: true };
  return { applied: false, refusal: refusal && isRefusalCode(refusal) ? refusal : 'INTERNAL' };
}

/** Closes a form that the workflow refused to take; one that was recorded meanwhile stays as it is. */
export async function refuseOpenForm({ prisma, now }: CommandDependencies, id: string, refusal: RefusalCode): Promise<void> {
  await prisma.form.updateMany({ where: { id, state: 'OPEN' }, data: { state: 'REFUSED', refusal, closedAt: now() } });
}

/** Whether a request is a repeat: its form is there already and tells its outcome. */
export async function isStored({ prisma }: CommandDependencies, formId: string): Promise<boolean> {
  return (await prisma.form.findUnique({ where: { id: formId }, select: { id: true } })) !== null;
}

/**
 * Looks whether something stands in the way of a request. Nothing stands in the way of a repeat, but that is asked only
 * when something seems to.
 * @param look throws the refusal
 */
export async function unlessRepeated(dependencies: CommandDependencies, formId: string, look: () => void | Promise<void>): Promise<void> {
  try {
    await look();
  } catch (refusal) {
    if (!(await isStored(dependencies, formId))) throw refusal;
  }
}
