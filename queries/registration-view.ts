// A registration as people see it: the office everything, the registrant without warnings and officers' names (X8).
import { storedDelegation, storedOrder } from '../contracts/forms';
import { maskNationalId } from '../domain/national-id';
import { warningsOf } from '../domain/warnings';
import type { Prisma } from '../prisma/generated/client';
import type { QueryDependencies } from './dependencies';
import { readHistory } from './history';
import type { HistoryEntry, RegistrationView } from './queries';

/** What the registrant's view needs of a row. */
export const withOwnView = {
  school: { select: { name: true, district: { select: { code: true, name: true } } } },
  decidedBy: { select: { name: true, districtCode: true } },
  mails: {
    where: { audience: 'REGISTRANT' },
    // An address that is mended is told to the old one and the new one at the same instant.
    orderBy: [{ createdAt: 'desc' }, { revision: 'desc' }, { sequence: 'desc' }],
    take: 1,
    select: { status: true, lastError: true },
  },
} satisfies Prisma.RegistrationInclude;

/** What the office's view needs: the warnings too (X8). */
export const withView = { ...withOwnView, facts: true } satisfies Prisma.RegistrationInclude;

type OwnRow = Prisma.RegistrationGetPayload<{ include: typeof withOwnView }>;
export type RegistrationRow = Prisma.RegistrationGetPayload<{ include: typeof withView }>;
type Viewer = 'STAFF' | 'REGISTRANT';

/** What the office sees of some rows, with the histories of all read at once. */
export async function viewsForOffice(dependencies: QueryDependencies, rows: RegistrationRow[]): Promise<RegistrationView[]> {
  const histories = await readHistory(dependencies.prisma, rows, 'STAFF');
  return rows.map((row) => {
    // Where the data is gone nothing is left to be warned of.
    const warnings = row.facts && !row.erasedAt ? warningsOf(row.facts) : [];
    return { ...view(dependencies, row, 'STAFF', histories.get(row.id) ?? []), warnings };
  });
}

/** What the registrant sees. */
export async function viewForRegistrant(dependencies: QueryDependencies, row: OwnRow): Promise<RegistrationView> {
  const histories = await readHistory(dependencies.prisma, [row], 'REGISTRANT');
  return view(dependencies, row, 'REGISTRANT', histories.get(row.id) ?? []);
}

function view({ keyRing }: QueryDependencies, row: OwnRow, viewer: Viewer, history: HistoryEntry[]): RegistrationView {
  return {
    id: row.id,
    reference: row.reference,
    status: row.status,
    revision: row.revision,
    channel: row.channel,
    capacity: row.capacity,
    schoolCode: row.schoolCode,
    schoolName: row.school.name,
    district: office(row),
    registrant: {
      nationalId: row.erasedAt ? '' : maskNationalId(keyRing.open(row.nationalIdCipher)),
      title: row.title,
      firstName: row.firstName,
      lastName: row.lastName,
      position: row.position,
      homeSchoolCode: row.homeSchoolCode,
      email: row.email,
      phone: row.phone,
    },
    emailKind: row.emailKind,
    ...(row.actingOrder !== null && { actingOrder: storedOrder.parse(row.actingOrder) }),
    ...(row.delegation !== null && { delegation: delegation(row) }),
    contested: row.contested,
    ...(row.replaces && { replaces: true }),
    ...(row.awaitsAcknowledgement && { awaitsAcknowledgement: true }),
    submittedAt: row.submittedAt.toISOString(),
    dueAt: row.dueAt?.toISOString() ?? null,
    ...(row.escalation !== 'NONE' && { escalatedTo: row.escalation }),
    ...(row.decidedBy && { decidedBy: viewer === 'STAFF' ? row.decidedBy : { districtCode: row.decidedBy.districtCode } }),
    ...(row.decidedAt && { decidedAt: row.decidedAt.toISOString() }),
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.erasedAt && { dataDeletedAt: row.erasedAt.toISOString() }),
    mail: mail(row, viewer),
    history,
  };
}

/** The office that the case reached; a closed case keeps the one that had it. */
function office({ districtCode, school }: OwnRow): RegistrationView['district'] {
  if (districtCode === null) return null;
  return { code: districtCode, name: school.district?.code === districtCode ? school.district.name : districtCode };
}

function delegation(row: OwnRow): NonNullable<RegistrationView['delegation']> {
  const { delegator, evidence } = storedDelegation.parse(row.delegation);
  const { fileId: _claimed, ...told } = evidence ?? {};
  const attached = row.evidenceFileId !== null && row.evidenceDeletedAt === null;
  const deleted = row.evidenceDeletedAt && { deletedAt: row.evidenceDeletedAt.toISOString() };
  return { delegator, ...((evidence || row.evidenceFileId) && { evidence: { ...told, attached, ...deleted } }) };
}

/** How the latest mail to the registrant stands; why it fails is told to the office only. */
function mail({ mails: [latest] }: OwnRow, viewer: Viewer): RegistrationView['mail'] {
  if (!latest) return { status: 'QUEUED' };
  return { status: latest.status, ...(viewer === 'STAFF' && latest.lastError !== null && { lastError: latest.lastError }) };
}
