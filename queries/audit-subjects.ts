// What somebody asks the audit for (X1): a chain as its entries call it, or a name under which people meet a case.
import { SUBJECT } from '../prisma/audit';
import type { PrismaClient } from '../prisma/generated/client';

interface Name {
  form: RegExp;
  /** @param id what the form caught, in small letters */
  chains(prisma: PrismaClient, id: string): Promise<string[]>;
}

const UUID = '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})';
const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
const select = { id: true } as const;

const OF_AN_ID = ['person', 'account', 'meeting', 'substitution', 'reader'] as const;

const NAMES: readonly Name[] = [
  // As Temporal's UI shows a case: the workflow's ID.
  {
    form: /^registration\/(\d{8})$/,
    chains: async (prisma, schoolCode) => idsOf(await prisma.registration.findMany({ where: { schoolCode }, select })),
  },
  {
    form: new RegExp(`^transfer/${UUID}$`, 'i'),
    chains: async (prisma, id) => idsOf(await prisma.transfer.findMany({ where: { OR: [{ id }, { personId: id }] }, select })),
  },
  { form: new RegExp(`^registration/${UUID}$`, 'i'), chains: async (_prisma, id) => [id] },
  // As people read it out on the telephone.
  {
    form: /^(R\d\d-\d+)$/i,
    chains: async (prisma, text) => idsOf(await prisma.registration.findMany({ where: { reference: text.toUpperCase() }, select })),
  },
  {
    form: /^(T\d\d-\d+)$/i,
    chains: async (prisma, text) => idsOf(await prisma.transfer.findMany({ where: { reference: text.toUpperCase() }, select })),
  },
  // A school: itself, and its cases, in which it asks or is asked.
  { form: /^(\d{8})$/, chains: async (prisma, code) => [SUBJECT.school(code), ...(await casesOf(prisma, code))] },
  // A bare ID is a case's, or of whatever else has chains.
  { form: new RegExp(`^${UUID}$`, 'i'), chains: async (_prisma, id) => [id, ...OF_AN_ID.map((chain) => SUBJECT[chain](id))] },
];

async function casesOf(prisma: PrismaClient, schoolCode: string): Promise<string[]> {
  const registrations = await prisma.registration.findMany({ where: { schoolCode }, select });
  const parties = { OR: [{ fromSchoolCode: schoolCode }, { toSchoolCode: schoolCode }] };
  return idsOf([...registrations, ...(await prisma.transfer.findMany({ where: parties, select }))]);
}

/** The chains that a subject names; none where nothing is known by that name. */
export async function chainsOf(prisma: PrismaClient, subject: string): Promise<string[]> {
  for (const { form, chains } of NAMES) {
    const id = form.exec(subject)?.[1];
    if (id !== undefined) return chains(prisma, id.toLowerCase());
  }
  return [subject];
}
