import { brokenRemovalRules } from '../../domain/removal';

const posting = { from: '2024-05-16', today: '2026-11-24' };
const broken = (asked: { reason?: string; on: string }) => brokenRemovalRules(asked, posting).map(({ path, code }) => `${path} ${code}`);

describe('R5.4 removing', () => {
  test.each(['2024-05-15', '2024-05-16', '2025-10-01', '2026-11-24'])('with a reason, on %s', (on) => {
    expect(broken({ reason: 'เกษียณ', on })).toEqual([]);
  });

  test.each([undefined, '', ' ', '\u200B'])('refuses the reason %j', (reason) => {
    expect(broken({ ...(reason !== undefined && { reason }), on: '2026-11-24' })).toEqual(['reason REASON_REQUIRED']);
  });

  test.each(['2026-11-25', '2024-05-14'])('refuses the date %s', (on) => {
    expect(broken({ reason: 'เกษียณ', on })).toEqual(['on IMPLAUSIBLE_DATE']);
  });

  test('X6: too early a date is told since when the person is there, in the Buddhist era in Thai', () => {
    const [rule] = brokenRemovalRules({ reason: 'เกษียณ', on: '2020-01-01' }, posting);
    expect(rule?.message).toMatch(/เมื่อ 16 พฤษภาคม 2567 วันที่จำหน่าย.* \/ .* since 16 May 2024: no earlier date\.$/);
  });

  test('names everything that is broken', () => {
    expect(broken({ on: '2027-01-01' })).toEqual(['reason REASON_REQUIRED', 'on IMPLAUSIBLE_DATE']);
  });
});
