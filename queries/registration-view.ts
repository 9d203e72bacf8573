// A registration as people see it: the office everything, the registrant without warnings and officers' names (X8).
import { storedDelegation, storedOrder } from '../contracts/forms';
import { maskNationalId } from '../domain/national-id';
import { warningsOf } from '../domain/warnings';
import type { QueryDependencies } from './dependencies';
import { tellHistory, type Viewer } from './history';
import type { RegistrationView } from './queries';
import type { OfficeRow, OwnRow } from './registration-rows';

/** What the office sees. */
export function viewForOffice(dependencies: QueryDependencies, row: OfficeRow): RegistrationView {
  // Where the data is gone nothing is left to be warned of.
  return { ...view(dependencies, row, 'STAFF'), warnings: row.erasedAt ? [] : warningsOf(row.warnings) };
}

/** What the registrant sees. */
export function viewForRegistrant(dependencies: QueryDependencies, row: OwnRow): RegistrationView {
  return view(dependencies, row, 'REGISTRANT');
}

function view({ keyRing }: QueryDependencies, row: OwnRow, viewer: Viewer): RegistrationView {
  return {
    id: row.id,
    reference: row.reference,
    status: row.status,
    revision: row.revision,
    channel: row.channel,
    capacity: row.capacity,
    schoolCode: row.schoolCode,
    schoolName: row.schoolName,
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
    history: tellHistory(row.entries, viewer),
  };
}

function office({ districtCode, districtName }: OwnRow): RegistrationView['district'] {
  return districtCode === null ? null : { code: districtCode, name: districtName ?? districtCode };
}

function delegation(row: OwnRow): NonNullable<RegistrationView['delegation']> {
  const { delegator, evidence } = storedDelegation.parse(row.delegation);
  const { fileId: _claimed, ...told } = evidence ?? {};
  const attached = row.evidenceFileId !== null && row.evidenceDeletedAt === null;
  const deleted = row.evidenceDeletedAt && { deletedAt: row.evidenceDeletedAt.toISOString() };
  return { delegator, ...((evidence || row.evidenceFileId) && { evidence: { ...told, attached, ...deleted } }) };
}

/** How the latest mail to the registrant stands; why it fails is told to the office only. */
function mail({ mail: latest }: OwnRow, viewer: Viewer): RegistrationView['mail'] {
  if (!latest) return { status: 'QUEUED' };
  return { status: latest.status, ...(viewer === 'STAFF' && latest.lastError !== null && { lastError: latest.lastError }) };
}
