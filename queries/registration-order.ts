// In which order lists of registrations are told, and how they go on where the page before ended.
import type { Prisma, PrismaClient, Registration } from '../prisma/generated/client';
import { instant, instantAndId, readCursor, readInstantCursor, writeCursor } from './cursor';
import type { RegistrationConditions } from './queries';

/** What a row's place in every order follows from. */
type Place = Pick<Registration, 'dueAt' | 'submittedAt' | 'id'>;

type Found = Pick<Prisma.RegistrationFindManyArgs, 'where' | 'take'>;

interface Order {
  orderBy: Prisma.RegistrationOrderByWithRelationInput[];
  /** Finds the places of a list, so that it goes on where these ended, whatever becomes of the rows meanwhile. */
  find(prisma: PrismaClient, page: Found): Promise<Place[]>;
  cursorOf(row: Place): string;
  /** @throws Refused VALIDATION for a text that is no cursor of this order */
  place(cursor: string): Place;
  /** The rows behind a place. */
  after(place: Place): Prisma.RegistrationWhereInput;
}

const younger = ({ submittedAt, id }: Place) => ({ OR: [{ submittedAt: { gt: submittedAt } }, { submittedAt, id: { gt: id } }] });

/** Oldest first, since the oldest waits longest. */
const BY_AGE: Order = {
  orderBy: [{ submittedAt: 'asc' }, { id: 'asc' }],
  // The columns of the index alone: rows that are walked past are not fetched.
  async find(prisma, page) {
    const found = await prisma.registration.findMany({ ...page, orderBy: BY_AGE.orderBy, select: { submittedAt: true, id: true } });
    return found.map((row) => ({ ...row, dueAt: null }));
  },
  cursorOf: ({ submittedAt, id }) => writeCursor(submittedAt.toISOString(), id),
  place(cursor) {
    const { at, id } = readInstantCursor(cursor);
    return { dueAt: null, submittedAt: at, id };
  },
  after: younger,
};

/** By when somebody has to act: what is overdue comes first, and what is due to nobody last (R3.5). */
const BY_DUE_DATE: Order = {
  orderBy: [{ dueAt: { sort: 'asc', nulls: 'last' } }, ...BY_AGE.orderBy],
  find: (prisma, page) =>
    prisma.registration.findMany({ ...page, orderBy: BY_DUE_DATE.orderBy, select: { dueAt: true, submittedAt: true, id: true } }),
  cursorOf: ({ dueAt, submittedAt, id }) => writeCursor(dueAt?.toISOString() ?? '', submittedAt.toISOString(), id),
  place(cursor) {
    const [due = '', ...rest] = readCursor(cursor, 3);
    const { at, id } = instantAndId(rest);
    return { dueAt: due === '' ? null : instant(due), submittedAt: at, id };
  },
  after(place) {
    const { dueAt } = place;
    const same = { AND: [{ dueAt }, younger(place)] };
    return dueAt === null ? same : { OR: [{ dueAt: { gt: dueAt } }, { dueAt: null }, same] };
  },
};

/** The order that a list asks for. */
export function orderOf({ order }: Pick<RegistrationConditions, 'order'>): Order {
  return order === 'due' ? BY_DUE_DATE : BY_AGE;
}
