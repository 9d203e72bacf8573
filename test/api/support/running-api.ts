// The real application on a free port, over commands and queries of which a test says only what it needs.
import type { AddressInfo } from 'node:net';
import express from 'express';
import pino from 'pino';
import { type AppServices, createApp } from '../../../api/app';
import type { AccountView, Commands } from '../../../commands/commands';
import type { IdempotencyStore } from '../../../commands/idempotency';
import { type Config, loadConfig } from '../../../config';
import type { Queries } from '../../../queries/queries';

export const ORIGIN = 'http://registrar.test';

const unexpected = (name: string) => async () => {
  throw new Error(`the test did not expect ${name}`);
};

export function commandsWith(given: Partial<Commands>): Commands {
  return {
    submitRegistration: unexpected('submitRegistration'),
    decide: unexpected('decide'),
    decideMany: unexpected('decideMany'),
    resubmit: unexpected('resubmit'),
    withdraw: unexpected('withdraw'),
    confirm: unexpected('confirm'),
    renewLink: unexpected('renewLink'),
    renewLinkByToken: unexpected('renewLinkByToken'),
    closeSchool: unexpected('closeSchool'),
    reopenSchool: unexpected('reopenSchool'),
    mendAddress: unexpected('mendAddress'),
    object: unexpected('object'),
    requestPasswordReset: unexpected('requestPasswordReset'),
    resetPassword: unexpected('resetPassword'),
    setHoliday: unexpected('setHoliday'),
    removeHoliday: unexpected('removeHoliday'),
    requestTransfer: unexpected('requestTransfer'),
    decideTransfer: unexpected('decideTransfer'),
    withdrawTransfer: unexpected('withdrawTransfer'),
    appealTransfer: unexpected('appealTransfer'),
    storeFile: unexpected('storeFile'),
    signIn: unexpected('signIn'),
    signOut: async () => undefined,
    authenticate: async (token) => ACCOUNTS[token] ?? null,
    acknowledge: unexpected('acknowledge'),
    createMeeting: unexpected('createMeeting'),
    takeMeetingSheet: unexpected('takeMeetingSheet'),
    revokeAdministrator: unexpected('revokeAdministrator'),
    assignDistrict: unexpected('assignDistrict'),
    settings: async () => ({ evidenceRequired: false }),
    changeSettings: unexpected('changeSettings'),
    lookUpStaff: unexpected('lookUpStaff'),
    addStaff: unexpected('addStaff'),
    changeStaff: unexpected('changeStaff'),
    removeStaff: unexpected('removeStaff'),
    stateHeadcount: unexpected('stateHeadcount'),
    checkRoster: unexpected('checkRoster'),
    takeSheet: unexpected('takeSheet'),
    createApprover: unexpected('createApprover'),
    endApprover: unexpected('endApprover'),
    createSubstitution: unexpected('createSubstitution'),
    endSubstitution: unexpected('endSubstitution'),
    findPerson: unexpected('findPerson'),
    erasePerson: unexpected('erasePerson'),
    ...given,
  };
}

export function queriesWith(given: Partial<Queries>): Queries {
  return {
    registration: unexpected('registration'),
    registrationUnopened: unexpected('registrationUnopened'),
    assistedRegistration: unexpected('assistedRegistration'),
    access: async () => undefined,
    registrationForRegistrant: unexpected('registrationForRegistrant'),
    registrationIdOfTrackingToken: async () => null,
    registrations: unexpected('registrations'),
    registrationTitles: async () => new Map(),
    nextRegistration: async () => null,
    registrationCounts: unexpected('registrationCounts'),
    verification: unexpected('verification'),
    changesSince: unexpected('changesSince'),
    decisionReasons: async () => [],
    evidence: unexpected('evidence'),
    schools: async () => ({ items: [], nextCursor: null }),
    school: unexpected('school'),
    meetingAccess: async () => undefined,
    meetings: unexpected('meetings'),
    meeting: unexpected('meeting'),
    meetingSheet: unexpected('meetingSheet'),
    meetingByCode: async () => null,
    handoverAccess: unexpected('handoverAccess'),
    handoverOpen: async () => false,
    revocationAccess: async () => undefined,
    administrator: async () => ({ id: 'account-1', name: 'นายเดิม ผู้ดูแล' }),
    confirmation: unexpected('confirmation'),
    confirmationAccess: async () => undefined,
    confirmationRenewable: async () => true,
    confirmationOffice: async () => null,
    officeContact: async () => null,
    transfer: unexpected('transfer'),
    transferAccess: async () => undefined,
    transferSteps: async () => [],
    transferEndsAccess: async () => false,
    transfers: unexpected('transfers'),
    transferCounts: async () => ({ waiting: 0, in: 0, out: 0 }),
    leadsDistrict: async ({ head }) => head,
    approvers: async () => ({ items: [], nextCursor: null }),
    approver: unexpected('approver'),
    substitutions: async () => ({ items: [], nextCursor: null }),
    substitution: unexpected('substitution'),
    audit: unexpected('audit'),
    rosterAccess: async () => undefined,
    staff: unexpected('staff'),
    staffMember: unexpected('staffMember'),
    removalAccess: async () => undefined,
    refuseLeft: async () => undefined,
    rosterSummary: unexpected('rosterSummary'),
    lastCheck: async () => null,
    staffSheet: unexpected('staffSheet'),
    emptyStaffSheet: unexpected('emptyStaffSheet'),
    citedLookup: unexpected('citedLookup'),
    erasureSubject: unexpected('erasureSubject'),
    rosters: unexpected('rosters'),
    rostersSheet: unexpected('rostersSheet'),
    ping: async () => undefined,
    passwordReset: unexpected('passwordReset'),
    passwordResetAccess: async () => undefined,
    holidays: unexpected('holidays'),
    stuckMails: unexpected('stuckMails'),
    figures: async () => ({
      registrations: [{ status: 'PENDING', count: 3 }],
      transfers: [{ status: 'SCHEDULED', count: 5 }],
      mails: [{ status: 'RETRYING', count: 1 }],
      stuckMails: 2,
      sealedEntries: 5,
      lastHoliday: new Date('2027-12-31'),
      jobs: [{ name: 'sweep-forms', ranAt: new Date('2026-11-24T01:30:00Z'), found: 4 }],
    }),
    ...given,
  };
}

const account = (id: string, role: AccountView['role'], place: Partial<AccountView>): AccountView => ({
  id,
  email: `${role.toLowerCase()}@demo.test`,
  name: 'ผู้ทดสอบ',
  role,
  schoolCode: null,
  districtCode: null,
  head: false,
  ...place,
});

export const DISTRICT = account('10000000-0000-4000-8000-000000000001', 'DISTRICT', { districtCode: 'D1' });
/** Session tokens and whom they speak for. */
const ACCOUNTS: Record<string, AccountView> = {
  'session-of-district': DISTRICT,
  'session-of-central': account('10000000-0000-4000-8000-000000000002', 'CENTRAL', {}),
  'session-of-school': account('10000000-0000-4000-8000-000000000003', 'SCHOOL', { schoolCode: '70010062' }),
};

export const asDistrict = { cookie: 'dpa_session=session-of-district' };
export const asCentral = { cookie: 'dpa_session=session-of-central' };
export const asSchool = { cookie: 'dpa_session=session-of-school' };

const nothingKept: IdempotencyStore = {
  begin: async () => ({ formId: '20000000-0000-4000-8000-000000000001', isFirst: true }),
  answered: async () => null,
  finish: async () => undefined,
  release: async () => undefined,
};

export const noLimits: AppServices['limiters'] = {
  submit: async () => undefined,
  submitAtMeeting: async () => undefined,
  filesAtMeeting: async () => undefined,
  files: async () => undefined,
  objections: async () => undefined,
  resets: async () => undefined,
  signIn: () => ({ attempt: async () => undefined, succeeded: async () => undefined, undone: async () => undefined }),
};

export interface RunningApi {
  url: string;
  /** Lines that were logged. */
  log: string[];
  stop(): Promise<void>;
}

/** A logger whose lines a test can read. */
export function loggerInto(log: string[]): AppServices['logger'] {
  return pino({ level: 'debug' }, { write: (line: string) => void log.push(line) });
}

/** Starts the application; whatever is not given does nothing, or fails when it is called. */
export async function startApi(
  given: { commands?: Partial<Commands>; queries?: Partial<Queries>; settings?: Record<string, string>; services?: Partial<AppServices> } = {},
): Promise<RunningApi> {
  const log: string[] = [];
  const config: Config = loadConfig({ PUBLIC_URL: ORIGIN, ...given.settings });
  const { app } = createApp({
    config,
    logger: loggerInto(log),
    commands: commandsWith(given.commands ?? {}),
    queries: queriesWith(given.queries ?? {}),
    idempotency: nothingKept,
    limiters: noLimits,
    pages: express.Router(),
    ready: async () => undefined,
    ...given.services,
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    log,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== 'object' || address === null) throw new Error('the application does not listen');
  return address.port;
}
