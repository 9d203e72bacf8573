import fc from 'fast-check';
import { REMOVAL_KINDS, type RemovalKind } from '../../domain/removal';
import type { Decider } from '../../domain/transfer';
import { type OpenTransfer, type TransferFacts, transferEvent } from '../../domain/transfer-events';

const FROM = '70010001';
const standing = { administered: true, districtCode: '7001' };
const open = (some: Partial<OpenTransfer> = {}): OpenTransfer => ({ status: 'PENDING', decider: 'SCHOOL', fromSchoolCode: FROM, ...some });
const facts = (some: Partial<TransferFacts> = {}): TransferFacts => ({
  postedAt: FROM,
  left: null,
  requester: { ...standing, closed: false },
  holder: standing,
  ...some,
});
const left = (kind: RemovalKind | null) => facts({ postedAt: null, left: { kind, on: '2026-11-20' } });
const scheduled = open({ status: 'SCHEDULED' });

describe('R5.3d what happens elsewhere while a transfer is open', () => {
  test('nothing: it stays as it is', () => {
    expect(transferEvent(open(), facts())).toBeNull();
    expect(transferEvent(scheduled, facts())).toBeNull();
  });

  test('removal by the holding school is consent, from the day of removal on; after consent it changes nothing', () => {
    expect(transferEvent(open(), left('TRANSFERRED'))).toEqual({ kind: 'CONSENT', releasedOn: '2026-11-20' });
    expect(transferEvent(scheduled, left('TRANSFERRED'))).toBeNull();
  });

  test.each([
    ['RETIRED', 'PERSON_RETIRED'],
    ['DIED', 'PERSON_DIED'],
  ] as const)('%s: cancelled, before consent and after', (kind, reason) => {
    for (const row of [open(), scheduled]) expect(transferEvent(row, left(kind))).toEqual({ kind: 'CANCEL', reason });
  });

  test('the person is at another school by now: cancelled', () => {
    const gone = { kind: 'CANCEL', reason: 'PERSON_POSTED_ELSEWHERE' };
    for (const row of [open(), scheduled, open({ fromSchoolCode: null })]) {
      expect(transferEvent(row, facts({ postedAt: '10010001' }))).toEqual(gone);
    }
  });

  test('the requesting school closed, or has no administrator: cancelled', () => {
    const requester = (some: Partial<TransferFacts['requester']>) => facts({ requester: { ...standing, closed: false, ...some } });
    for (const row of [open(), scheduled]) {
      expect(transferEvent(row, requester({ closed: true, administered: false }))).toEqual({ kind: 'CANCEL', reason: 'REQUESTER_CLOSED' });
      expect(transferEvent(row, requester({ administered: false }))).toEqual({ kind: 'CANCEL', reason: 'REQUESTER_WITHOUT_ADMINISTRATOR' });
    }
  });

  test('the holding school has no administrator: its district, or the central office in its place', () => {
    const holder = (districtCode: string | null) => facts({ holder: { administered: false, districtCode } });
    expect(transferEvent(open(), holder('7001'))).toEqual({ kind: 'ESCALATE', to: 'DISTRICT' });
    expect(transferEvent(open(), holder(null))).toEqual({ kind: 'ESCALATE', to: 'CENTRAL' });
    expect(transferEvent(open({ decider: 'DISTRICT' }), holder('7001'))).toBeNull();
    expect(transferEvent(open({ decider: 'DISTRICT' }), holder(null))).toEqual({ kind: 'ESCALATE', to: 'CENTRAL' });
  });

  test('R5.3e: a claim that waits for its day is not ended by what ended the last posting', () => {
    const claim = open({ status: 'SCHEDULED', decider: null, fromSchoolCode: null });
    expect(transferEvent(claim, facts({ postedAt: null, holder: null }))).toBeNull();
  });

  test('whatever the facts, an escalation brings in somebody later than whoever owes the decision, and consent is given once', () => {
    const ORDER: readonly Decider[] = ['SCHOOL', 'DISTRICT', 'CENTRAL'];
    const anyStanding = fc.record({ administered: fc.boolean(), districtCode: fc.option(fc.constant('7001')) });
    const anyFacts = fc.record({
      postedAt: fc.option(fc.constantFrom(FROM, '10010001')),
      left: fc.option(fc.record({ kind: fc.constantFrom(null, ...REMOVAL_KINDS), on: fc.constant('2026-11-20') })),
      requester: fc.record({ administered: fc.boolean(), districtCode: fc.constant('7001'), closed: fc.boolean() }),
      holder: fc.option(anyStanding),
    });
    fc.assert(
      fc.property(anyFacts, fc.constantFrom('PENDING', 'SCHEDULED'), fc.constantFrom(...ORDER), (some, status, decider) => {
        const event = transferEvent(open({ status, decider }), some);
        if (event?.kind === 'ESCALATE') expect(ORDER.indexOf(event.to)).toBeGreaterThan(ORDER.indexOf(decider));
        if (event?.kind === 'CONSENT') expect([status, some.postedAt]).toEqual(['PENDING', null]);
      }),
    );
  });
});
