// Errors that mean "something this service needs is down or overloaded": a 503 that is safe to repeat, not a 500.

/** Error codes of Node's sockets, of Prisma, and SQLSTATEs of PostgreSQL (appendix A of its manual). */
const CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  'P2034',
  'P2037',
  '53300', // too many connections
  '57P01', // shutting down
  '57P02', // shutting down after a crash
  '57P03', // cannot connect now
  '55P03', // lock timeout
  '57014', // statement timeout
  '25P03', // idle in a transaction for too long
  '40001', // serialization failure
  '40P01', // deadlock
]);
/** SQLSTATE class 08: connection exceptions. */
const CONNECTION_EXCEPTION = /^08[0-9A-Z]{3}$/;

/** How Prisma's driver adapter and Temporal's client call theirs. */
const KINDS = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  'TransactionAlreadyClosed',
  'ServiceError',
  'TransportError',
  'WorkflowUpdateRPCTimeoutOrCancelledError',
]);

/** What the pool of `pg` only says in words. */
const WORDS = /^(timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client has encountered a connection error)/;

/** Whether the error, or one that caused it, means that the database or Temporal did not serve. */
export function isOutage(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 6) return false;
  const { code, originalCode, kind, name, message, cause, meta, driverAdapterError, errors }: ErrorFacts = error;
  return (
    isCode(code) ||
    isCode(originalCode) ||
    [kind, name].some((word) => typeof word === 'string' && KINDS.has(word)) ||
    (typeof message === 'string' && WORDS.test(message)) ||
    [cause, meta, driverAdapterError, ...(Array.isArray(errors) ? errors : [])].some((inner) => isOutage(inner, depth + 1))
  );
}

/** Where errors of different libraries say what they are, and what caused them. */
interface ErrorFacts {
  code?: unknown;
  originalCode?: unknown;
  kind?: unknown;
  name?: unknown;
  message?: unknown;
  cause?: unknown;
  meta?: unknown;
  driverAdapterError?: unknown;
  errors?: unknown;
}

function isCode(code: unknown): boolean {
  return typeof code === 'string' && (CODES.has(code) || CONNECTION_EXCEPTION.test(code));
}
