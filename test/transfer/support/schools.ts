// Schools with administrators, and people on their rosters, as transfers need them; over HTTP what transfers do.
import { randomUUID } from 'node:crypto';
import { readKeys } from '../../../config';
import { transferWorkflowId } from '../../../contracts/transfer';
import { maskNationalId } from '../../../domain/national-id';
import type { RemovalKind } from '../../../domain/removal';
import { nameKey } from '../../../domain/thai-text';
import { bangkokDate } from '../../../domain/working-days';
import { createKeyRing } from '../../../security/key-ring';
import { hashPassword } from '../../../security/passwords';
import { freshSchool, OTHER_DISTRICT, PASSWORD } from '../../setup/directory';
import { type CaughtMail, call, eventually, freshNationalId, mailsTo, type Reply, signIn, untilAnswered } from '../../setup/people';
import type { TestSystem } from '../../setup/system';

/** Tells this test file's mail boxes apart, since all files share one catcher. */
const FILE = randomUUID().slice(0, 8);

export interface Administrator {
  accountId: string;
  schoolCode: string;
  email: string;
  headers: { Cookie: string };
}

export interface Staff {
  personId: string;
  nationalIdHash: string;
  maskedId: string;
}

/** The contact of a district, once `ownContacts` made it. */
export function contactOf(districtCode: string): string {
  return `contact-${districtCode}-${FILE}@district.test`;
}

export const NAME = { firstName: 'สมปอง', lastName: 'ใจงาม' };

/** What whoever decides sends to reject. */
export const REJECT = { decision: 'REJECT', reason: 'ไม่' } as const;

/** Waits for the mail to an address that tells of a transfer, by its reference. */
export function mailAbout(address: string, purpose: string, reference: unknown): Promise<CaughtMail> {
  const found = async () => (await mailsTo(address, purpose)).find(({ text }) => text.includes(String(reference)));
  return eventually(found, `${purpose} to ${address}`);
}

/** Somebody whom a school asks for: the school that has them, with an administrator, and the request. */
export interface Asked {
  holding: Administrator;
  staff: Staff;
  id: string;
  reference: unknown;
}

export type Schools = ReturnType<typeof schoolsOf>;

/** What tests do with the schools of one system. */
export function schoolsOf(system: TestSystem) {
  const keys = readKeys(system.env);
  const keyRing = createKeyRing(keys.nationalId, keys.lookup);
  const { prisma, url } = system;
  let passwordHash: string | undefined;
  /** On a machine that is too slow for an answer in time, the same request again. */
  const post = (path: string, body: unknown, headers: Record<string, string>) =>
    untilAnswered((key) => call(url, 'POST', path, body, { ...key, ...headers }));
  const row = (id: unknown) => prisma.transfer.findUniqueOrThrow({ where: { id: String(id) } });

  return {
    /** Gives the districts contacts that no other test file uses. */
    async ownContacts(): Promise<void> {
      const districts = await prisma.district.findMany({ select: { code: true } });
      for (const { code } of districts) await prisma.district.update({ where: { code }, data: { email: contactOf(code) } });
    },
    /** An active administrator of a school, signed in; with a person, the one who administers it. */
    async administrator(schoolCode: string, staff?: Staff): Promise<Administrator> {
      passwordHash ??= await hashPassword(PASSWORD);
      const accountId = randomUUID();
      const earlier = await prisma.account.count({ where: { schoolCode } });
      const email = `admin${earlier || ''}-${schoolCode}-${FILE}@school.test`;
      await prisma.account.create({
        data: {
          id: accountId,
          email,
          emailKey: email,
          role: 'SCHOOL',
          name: `ผู้ดูแลระบบ ${schoolCode}`,
          passwordHash,
          schoolCode,
          nationalIdHash: staff?.nationalIdHash ?? null,
        },
      });
      return { accountId, schoolCode, email, headers: await signIn(url, email) };
    },
    /** A school of the first district that nothing else has, with an administrator. */
    holdingSchool(): Promise<Administrator> {
      return this.administrator(freshSchool());
    },
    /** The same of the other district. */
    askingSchool(): Promise<Administrator> {
      return this.administrator(freshSchool(OTHER_DISTRICT));
    },
    /** Somebody on a school's roster, or on none, with the entry in the audit that adding makes. */
    async staff(schoolCode: string | null, from = '2024-05-16'): Promise<Staff> {
      const nationalId = freshNationalId();
      const personId = randomUUID();
      const nationalIdHash = keyRing.lookupHash(nationalId);
      await prisma.person.create({
        data: {
          id: personId,
          nationalIdHash,
          nationalIdCipher: keyRing.seal(nationalId),
          title: 'นาย',
          ...NAME,
          nameKey: nameKey(NAME.firstName, NAME.lastName),
          position: 'TEACHER',
        },
      });
      if (schoolCode !== null) {
        const posting = await prisma.posting.create({ data: { id: randomUUID(), personId, schoolCode, from: new Date(from) } });
        const after = { schoolCode, postingId: posting.id };
        await prisma.auditEntry.create({ data: { caseId: `person/${personId}`, actorKind: 'SYSTEM', action: 'ADDED', schoolCode, after } });
      }
      return { personId, nationalIdHash, maskedId: maskNationalId(nationalId) };
    },
    /** A look-up that found somebody, as `POST /api/staff-lookups` makes it. */
    async lookup({ accountId, schoolCode }: Administrator, staff: Staff, differs: Record<string, unknown> = {}): Promise<string> {
      const posting = await prisma.posting.findFirst({ where: { personId: staff.personId, to: null } });
      const id = randomUUID();
      await prisma.staffLookup.create({
        data: {
          id,
          accountId,
          schoolCode,
          nationalIdHash: staff.nationalIdHash,
          found: posting ? 'ELSEWHERE' : 'UNPOSTED',
          personId: staff.personId,
          ...differs,
        },
      });
      return id;
    },
    /** Looks the person up and asks for the record. */
    async request(administrator: Administrator, staff: Staff, differs: Record<string, unknown> = {}): Promise<Reply> {
      const lookupId = await this.lookup(administrator, staff);
      return this.ask(administrator, { lookupId, toSchoolCode: administrator.schoolCode, ...NAME, ...differs });
    },
    /** Asks for somebody new of a school, a fresh one unless told. */
    async asked(asking: Administrator, differs: Record<string, unknown> = {}, holder?: Administrator): Promise<Asked> {
      const holding = holder ?? (await this.holdingSchool());
      const staff = await this.staff(holding.schoolCode);
      const { id = '', reference } = (await this.request(asking, staff, differs)).body;
      return { holding, staff, id, reference };
    },
    ask({ headers }: Administrator, body: Record<string, unknown>, more: Record<string, string> = {}): Promise<Reply> {
      return post('/api/transfers', body, { ...headers, ...more });
    },
    decide(headers: { Cookie: string }, id: unknown, body: Record<string, unknown> = { decision: 'APPROVE' }): Promise<Reply> {
      return post(`/api/transfers/${id}/decisions`, body, headers);
    },
    withdraw(headers: { Cookie: string }, id: unknown): Promise<Reply> {
      return post(`/api/transfers/${id}/withdrawal`, undefined, headers);
    },
    appeal(headers: { Cookie: string }, id: unknown, reason = 'มีคำสั่งย้ายแล้ว'): Promise<Reply> {
      return post(`/api/transfers/${id}/appeal`, { reason }, headers);
    },
    seen(headers: { Cookie: string }, id: unknown): Promise<Reply> {
      return call(url, 'GET', `/api/transfers/${id}`, undefined, headers);
    },
    /** The holding school removes somebody today, over HTTP (R5.4). */
    leaves({ schoolCode, headers }: Administrator, { personId }: Staff, kind: RemovalKind = 'TRANSFERRED'): Promise<Reply> {
      const body = { reason: 'ออกจากสถานศึกษา', on: dayFromNow(0), kind };
      return post(`/api/schools/${schoolCode}/staff/${personId}/removal`, body, headers);
    },
    /** Removes somebody from the roster, as the holding school does, and tells the open transfer; whether there was anybody to remove. */
    async remove({ personId }: Staff, endKind: RemovalKind | null = null, reason = 'ย้ายไปช่วยราชการ'): Promise<boolean> {
      const removed = await prisma.$transaction(async (tx) => {
        await tx.$queryRaw`SELECT 1 FROM posting WHERE person_id = ${personId}::uuid AND "to" IS NULL FOR UPDATE`;
        const posting = await tx.posting.findFirst({ where: { personId, to: null } });
        if (!posting) return false;
        const { schoolCode, id: postingId } = posting;
        const to = bangkokDate(new Date());
        await tx.posting.update({ where: { id: postingId }, data: { to: new Date(to), endReason: reason, endKind } });
        const before = { schoolCode, postingId };
        const entry = { caseId: `person/${personId}`, actorKind: 'SYSTEM', action: 'REMOVED', schoolCode, before, after: { ...before, to } };
        await tx.auditEntry.create({ data: entry });
        return true;
      });
      await this.tell(personId);
      return removed;
    },
    /** The signal that something happened elsewhere; nothing where no transfer is open. */
    async tell(personId: string): Promise<void> {
      await system.temporal.workflow
        .getHandle(transferWorkflowId(personId))
        .signal('caseChanged')
        .catch(() => undefined);
    },
    /** The central office closes a school, from today on unless told. */
    close(headers: { Cookie: string }, schoolCode: string, on = dayFromNow(0), more: Record<string, string> = {}): Promise<Reply> {
      return post(`/api/schools/${schoolCode}/closure`, { on, reason: 'ยุบรวมกับโรงเรียนใกล้เคียง' }, { ...headers, ...more });
    },
    reopen(headers: { Cookie: string }, schoolCode: string): Promise<Reply> {
      return call(url, 'DELETE', `/api/schools/${schoolCode}/closure`, undefined, headers);
    },
    /** The administrator leaves or is revoked. */
    async endAdministrator({ accountId }: Administrator): Promise<void> {
      await prisma.account.update({ where: { id: accountId }, data: { status: 'ENDED', endedAt: new Date() } });
    },
    /** Where the person is posted now. */
    async postedAt({ personId }: Staff): Promise<string | null> {
      return (await prisma.posting.findFirst({ where: { personId, to: null } }))?.schoolCode ?? null;
    },
    row,
    status: async (id: unknown) => (await row(id)).status,
    /** Waits until the transfer stands so. */
    becomes: (id: unknown, status: string) => eventually(async () => (await row(id)).status === status, status),
    /** The effective date of a scheduled transfer comes, or came some days ago: no test waits for midnight. */
    async dayComes({ personId }: Staff, id: unknown, daysAgo = 0): Promise<void> {
      await prisma.transfer.update({ where: { id: String(id) }, data: { effectiveOn: new Date(dayFromNow(-daysAgo)) } });
      await this.tell(personId);
    },
  };
}

/** Today in Bangkok, and days after it. */
export function dayFromNow(days: number): string {
  return bangkokDate(new Date(Date.now() + days * 86_400_000));
}
