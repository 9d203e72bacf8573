import fc from 'fast-check';
import { brokenDocumentDates } from '../../domain/document-date';

const today = '2026-11-24';
const broken = (draft: Parameters<typeof brokenDocumentDates>[0]) => brokenDocumentDates(draft, today).map(({ path, code }) => `${path} ${code}`);

describe('R1.1 R1.3 X6 dates of orders and of evidence', () => {
  test.each(['2026-11-24', '2026-10-01', '1900-01-01'])('%s is one', (date) => {
    expect(broken({ actingOrder: { number: '1', date }, delegation: { delegator: { actingOrder: { date } }, evidence: { date } } })).toEqual([]);
  });

  test.each(['2026-11-25', '2569-10-01', '1899-12-31'])('%s is none, wherever it stands', (date) => {
    expect(broken({ actingOrder: { date }, delegation: { delegator: { actingOrder: { date } }, evidence: { date } } })).toEqual([
      'actingOrder.date IMPLAUSIBLE_DATE',
      'delegation.delegator.actingOrder.date IMPLAUSIBLE_DATE',
      'delegation.evidence.date IMPLAUSIBLE_DATE',
    ]);
  });

  test('no year of the Buddhist era passes for one of the common era, and what is not given breaks nothing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1900, max: 2026 }),
        (year) => broken({ actingOrder: { date: `${year + 543}-01-01` } }).length === (year + 543 > 2026 ? 1 : 0),
      ),
    );
    expect([broken({}), broken({ delegation: {} })]).toEqual([[], []]);
  });
});
