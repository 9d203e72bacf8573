import { deadLink, renewalRefusal } from '../../domain/link';

const NOW = new Date('2026-12-01T09:00:00+07:00');
const before = new Date(NOW.getTime() - 1);
const GOOD = { usedAt: null, cancelledAt: null, expiresAt: new Date(NOW.getTime() + 1), status: 'APPROVED' } as const;
const EXPIRED = { ...GOOD, expiresAt: NOW };

describe('R4.2 a link sets a password once, while its case waits for it', () => {
  test.each([
    ['in time', GOOD],
    ['before its mail went out', { ...GOOD, expiresAt: null }],
  ])('good %s', (_case, link) => {
    expect(deadLink(link, NOW)).toBeNull();
  });

  test.each([
    ['LINK_USED', 'used', { ...GOOD, usedAt: before }],
    ['LINK_USED', 'of a case that is confirmed', { ...EXPIRED, status: 'ACTIVE' as const }],
    ['LINK_EXPIRED', 'at its last instant', EXPIRED],
    ['LINK_EXPIRED', 'cancelled by a newer one', { ...GOOD, cancelledAt: before }],
    ['LINK_EXPIRED', 'of a case that waits for a decision again', { ...GOOD, status: 'PENDING' as const }],
  ])('%s when %s', (dead, _case, link) => {
    expect(deadLink(link, NOW)).toBe(dead);
  });
});

describe('R4.1, R4.2 a new link for an old one', () => {
  const revisions = { mailedRevision: 2, revision: 2 };

  test.each([
    ['an expired one', EXPIRED],
    ['one that a newer one cancelled', { ...GOOD, cancelledAt: before }],
  ])('for %s', (_case, link) => {
    expect(renewalRefusal({ ...link, ...revisions }, NOW)).toBeNull();
  });

  test.each([
    ['LINK_STILL_GOOD', 'one that is good', { ...GOOD, ...revisions }],
    ['LINK_USED', 'one that was used', { ...EXPIRED, usedAt: before, ...revisions }],
    ['NOT_POSSIBLE_NOW', 'one in a mailbox that was replaced', { ...EXPIRED, mailedRevision: 1, revision: 2 }],
  ])('%s for %s', (refusal, _case, link) => {
    expect(renewalRefusal(link, NOW)).toBe(refusal);
  });
});
