import fc from 'fast-check';
import { laterDate } from '../../domain/days';

const date = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }).map((day) => day.toISOString().slice(0, 10));

describe('the later of two dates', () => {
  test('is one of them, and not before the other', () => {
    fc.assert(
      fc.property(date, fc.option(date), (one, other) => {
        const later = laterDate(one, other);
        expect([one, other]).toContain(later);
        expect(later >= one && (other === null || later >= other)).toBe(true);
      }),
    );
  });

  test.each([
    ['2024-05-15', '2024-05-16', '2024-05-16'],
    ['2025-10-01', '2024-05-16', '2025-10-01'],
    ['2024-05-16', '2024-05-16', '2024-05-16'],
    ['2024-05-16', null, '2024-05-16'],
  ])('of %s and %s', (one, other, later) => {
    expect(laterDate(one, other)).toBe(later);
  });
});
