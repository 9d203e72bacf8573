// What somebody asks the audit for (X1): a chain as its entries call it, or a name under which people meet a case.
import { SUBJECT } from '../prisma/audit';
import type { Prisma, PrismaClient } from '../prisma/generated/client';

interface Name {
  form: RegExp;
  /** @param id what the form caught, in small letters */
  chains(prisma: PrismaClient, id: string): Promise<string[]>;
}

/** How the subjects of entries are written: of cases, and of every other chain; `…` stands for an ID, a code or a listing. */
export const SUBJECT_FORMS: readonly string[] = [
  'registration/…',
  'transfer/…',
  ...Object.values(SUBJECT).map((chain) => (typeof chain === 'string' ? chain : chain('…'))),
];

const UUID = '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})';

async function registrations(prisma: PrismaClient, where: Prisma.RegistrationWhereInput): Promise<string[]> {
  return (await prisma.registration.findMany({ where, select: { id: true } })).map(({ id }) => id);
}

async function transfers(prisma: PrismaClient, where: Prisma.TransferWhereInput): Promise<string[]> {
  return (await prisma.transfer.findMany({ where, select: { id: true } })).map(({ id }) => id);
}

const OF_AN_ID = ['person', 'account', 'meeting', 'substitution', 'reader'] as const;

const NAMES: readonly Name[] = [
  // As Temporal's UI shows a case: the workflow's ID.
  {
    form: /^registration\/(\d{8})$/,
    chains: (prisma, schoolCode) => registrations(prisma, { schoolCode }),
  },
  {
    form: new RegExp(`^transfer/${UUID}$`, 'i'),
    chains: (prisma, id) => transfers(prisma, { OR: [{ id }, { personId: id }] }),
  },
  { form: new RegExp(`^registration/${UUID}$`, 'i'), chains: async (_prisma, id) => [id] },
  // As people read it out on the telephone.
  {
    form: /^(R\d\d-\d+)$/i,
    chains: (prisma, text) => registrations(prisma, { reference: text.toUpperCase() }),
  },
  {
    form: /^(T\d\d-\d+)$/i,
    chains: (prisma, text) => transfers(prisma, { reference: text.toUpperCase() }),
  },
  // A school: itself, and its cases, in which it asks or is asked.
  { form: /^(\d{8})$/, chains: async (prisma, code) => [SUBJECT.school(code), ...(await casesOf(prisma, code))] },
  // A bare ID is a case's, or of whatever else has chains.
  { form: new RegExp(`^${UUID}$`, 'i'), chains: async (_prisma, id) => [id, ...OF_AN_ID.map((chain) => SUBJECT[chain](id))] },
];

async function casesOf(prisma: PrismaClient, schoolCode: string): Promise<string[]> {
  const parties = { OR: [{ fromSchoolCode: schoolCode }, { toSchoolCode: schoolCode }] };
  return [...(await registrations(prisma, { schoolCode })), ...(await transfers(prisma, parties))];
}

/** The chains that a subject names; none where nothing is known by that name. */
export async function chainsOf(prisma: PrismaClient, subject: string): Promise<string[]> {
  for (const { form, chains } of NAMES) {
    const id = form.exec(subject)?.[1];
    if (id !== undefined) return chains(prisma, id.toLowerCase());
  }
  return [subject];
}
