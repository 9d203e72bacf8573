// How two revisions of a registration differ (R3.1, STALE_REVISION). Each revision came of one form: a submission, a
// correction, or another address.
import { addressPayload, type SubmissionPayload, submissionPayload } from '../contracts/forms';
import { type DelegateFile, stayingFile } from '../domain/evidence-file';
import { maskNationalId } from '../domain/national-id';
import type { Form } from '../prisma/generated/client';
import type { QueryDependencies } from './dependencies';
import type { Change, Queries } from './queries';
import { readableRow } from './readable-row';

/** Differences between the revision that was seen and the present one, by their places in a submission. */
export function changesSince(dependencies: QueryDependencies): Queries['changesSince'] {
  return async (id, revision, caller) => {
    const row = await readableRow(dependencies.prisma, id, caller);
    if (row.erasedAt) return [];
    const forms = await dependencies.prisma.form.findMany({
      where: { caseId: id, state: 'APPLIED', kind: { in: ['SUBMISSION', 'RESUBMISSION', 'ADDRESS'] } },
      orderBy: { createdAt: 'asc' },
      take: row.revision,
    });
    const seen = dataAfter(forms.slice(0, Math.max(1, revision)));
    const present = dataAfter(forms);
    return seen && present ? differences(dependencies, seen, present) : [];
  };
}

/**
 * What the last form of several left behind: an address changes nothing else, and a file stays with its delegate until another comes. Null
 * where one of them was of somebody who is erased (X7).
 */
function dataAfter(forms: Form[]): SubmissionPayload | null {
  let data: SubmissionPayload | null = null;
  for (const { kind, payload } of forms) {
    const given = kind === 'ADDRESS' ? undefined : submissionPayload.safeParse(payload);
    if (given?.success === false) return null;
    data = given ? withKeptFile(given.data, data) : withAddress(data, payload);
  }
  return data;
}

function withAddress(data: SubmissionPayload | null, payload: unknown): SubmissionPayload | null {
  return data && { ...data, registrant: { ...data.registrant, email: addressPayload.parse(payload).email } };
}

function withKeptFile(data: SubmissionPayload, before: SubmissionPayload | null): SubmissionPayload {
  const stays = before && stayingFile(delegateFile(before), delegateFile(data));
  if (!data.delegation || !stays) return data;
  return { ...data, delegation: { ...data.delegation, evidence: { ...data.delegation.evidence, fileId: stays } } };
}

function delegateFile({ nationalIdHash, delegation }: SubmissionPayload): DelegateFile {
  return { nationalIdHash, fileId: delegation?.evidence?.fileId ?? null };
}

function differences({ keyRing }: QueryDependencies, seen: SubmissionPayload, present: SubmissionPayload): Change[] {
  const [before, after] = [texts(seen), texts(present)];
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
  const changes = paths.map((path) => ({ path, before: before.get(path) ?? null, after: after.get(path) ?? null }));
  if (seen.nationalIdHash === present.nationalIdHash) return changes.map(withoutFileId);
  const masked = ({ nationalIdCipher }: SubmissionPayload) => maskNationalId(keyRing.open(nationalIdCipher));
  return [{ path: 'registrant.nationalId', before: masked(seen), after: masked(present) }, ...changes.map(withoutFileId)];
}

/** A file's ID is no business of whoever reads: that there is another one is what counts. */
function withoutFileId(change: Change): Change {
  if (change.path !== 'delegation.evidence.fileId') return change;
  return { ...change, before: change.before && 'ATTACHED', after: change.after && 'ATTACHED' };
}

/** Every text of a submission by its place, `delegation.delegator.firstName`. */
function texts({ capacity, emailKind, registrant, actingOrder, delegation }: SubmissionPayload): Map<string, string> {
  const found = new Map<string, string>();
  const collect = (part: unknown, path: string) => {
    if (typeof part === 'string') found.set(path, part);
    if (typeof part !== 'object' || part === null) return;
    for (const [name, value] of Object.entries(part)) collect(value, path === '' ? name : `${path}.${name}`);
  };
  collect({ capacity, emailKind, registrant, actingOrder, delegation }, '');
  return found;
}
