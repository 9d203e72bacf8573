// In which order lists of registrations are told, and how they go on where the page before ended.
import type { Prisma, Registration } from '../prisma/generated/client';
import { noCursor, readCursor, writeCursor } from './cursor';
import type { RegistrationConditions } from './queries';

/** What a row's place in every order follows from. */
type Place = Pick<Registration, 'dueAt' | 'submittedAt' | 'id'>;

interface Order {
  orderBy: Prisma.RegistrationOrderByWithRelationInput[];
  cursorOf(row: Place): string;
  /** @throws Refused VALIDATION for a text that is no cursor of this order */
  place(cursor: string): Place;
  /** The rows behind a place. */
  after(place: Place): Prisma.RegistrationWhereInput;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text can be the ID of a row. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

const younger = ({ submittedAt, id }: Place) => ({ OR: [{ submittedAt: { gt: submittedAt } }, { submittedAt, id: { gt: id } }] });

/** Oldest first, since the oldest waits longest. */
const BY_AGE: Order = {
  orderBy: [{ submittedAt: 'asc' }, { id: 'asc' }],
  cursorOf: ({ submittedAt, id }) => writeCursor(submittedAt.toISOString(), id),
  place(cursor) {
    const [at = '', id = ''] = readCursor(cursor, 2);
    return { dueAt: null, submittedAt: instant(at), id: uuid(id) };
  },
  after: younger,
};

/** By when somebody has to act: what is overdue comes first, and what is due to nobody last (R3.5). */
const BY_DUE_DATE: Order = {
  orderBy: [{ dueAt: { sort: 'asc', nulls: 'last' } }, ...BY_AGE.orderBy],
  cursorOf: ({ dueAt, submittedAt, id }) => writeCursor(dueAt?.toISOString() ?? '', submittedAt.toISOString(), id),
  place(cursor) {
    const [due = '', at = '', id = ''] = readCursor(cursor, 3);
    return { dueAt: due === '' ? null : instant(due), submittedAt: instant(at), id: uuid(id) };
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

function instant(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw noCursor();
  return date;
}

function uuid(text: string): string {
  if (!isUuid(text)) throw noCursor();
  return text;
}
