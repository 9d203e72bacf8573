import fc from 'fast-check';
import { brokenSubstitutionRules, mayEndSubstitution, periodFrom } from '../../domain/substitution';

const absent = { id: 'absent', districtCode: '7001' };
const colleague = { id: 'colleague', role: 'DISTRICT', districtCode: '7001' } as const;
const asked = { absent, substitute: colleague, from: '2026-12-01', to: '2026-12-05', today: '2026-11-24' };
const broken = (differs: Partial<Parameters<typeof brokenSubstitutionRules>[0]>) =>
  brokenSubstitutionRules({ ...asked, ...differs }).map(({ path, code }) => `${path} ${code}`);

describe('R3.6 naming a substitute', () => {
  test('a colleague of the same district, for days to come, or from today on', () => {
    expect(broken({})).toEqual([]);
    expect(broken({ from: '2026-11-24', to: '2026-11-24' })).toEqual([]);
    expect(broken({ to: '2027-11-24' })).toEqual([]);
  });

  test.each([
    ['oneself', { substitute: { ...colleague, id: 'absent' } }, ['substituteId OWN_SUBSTITUTE']],
    ['nobody', { substitute: null }, ['substituteId SUBSTITUTE_NOT_OF_DISTRICT']],
    ['another district', { substitute: { ...colleague, districtCode: '6302' } }, ['substituteId SUBSTITUTE_NOT_OF_DISTRICT']],
    ['a school’s administrator', { substitute: { ...colleague, role: 'SCHOOL' } as const }, ['substituteId SUBSTITUTE_NOT_OF_DISTRICT']],
    ['days that are over', { from: '2026-11-23' }, ['from SUBSTITUTION_PERIOD']],
    ['an end before its beginning', { to: '2026-11-30' }, ['to SUBSTITUTION_PERIOD']],
    ['a year of the Buddhist era', { to: '2569-12-05' }, ['to SUBSTITUTION_PERIOD']],
    [
      'all at once',
      { from: '2026-11-01', to: '2026-10-01', substitute: null },
      ['from SUBSTITUTION_PERIOD', 'to SUBSTITUTION_PERIOD', 'substituteId SUBSTITUTE_NOT_OF_DISTRICT'],
    ],
  ])('refuses %s', (_what, differs, codes) => {
    expect(broken(differs)).toEqual(codes);
  });

  test('any days within a year pass exactly when they are in order and not over', () => {
    const day = fc.integer({ min: -30, max: 330 }).map((days) => new Date(Date.UTC(2026, 10, 24 + days)).toISOString().slice(0, 10));
    fc.assert(fc.property(day, day, (from, to) => expect(broken({ from, to }).length === 0).toBe(from >= asked.today && to >= from)));
  });

  test('whose it is ends it, and who leads the district; nobody else', () => {
    expect(mayEndSubstitution(absent, false, absent)).toBe(true);
    expect(mayEndSubstitution(colleague, true, absent)).toBe(true);
    expect(mayEndSubstitution(colleague, false, absent)).toBe(false);
    expect(mayEndSubstitution({ id: 'x', districtCode: '6302' }, true, absent)).toBe(false);
    expect(mayEndSubstitution({ id: 'x', districtCode: null }, true, { ...absent, districtCode: null })).toBe(false);
  });
});

describe('R3.6 a period asked for by a clock of another zone', () => {
  test.each([
    [
      { from: '2026-11-23', to: '2026-11-23' },
      { from: '2026-11-24', to: '2026-11-24' },
    ],
    [
      { from: '2026-11-23', to: '2026-11-30' },
      { from: '2026-11-24', to: '2026-11-30' },
    ],
    [
      { from: '2026-11-22', to: '2026-11-25' },
      { from: '2026-11-22', to: '2026-11-25' },
    ],
  ])('%j is recorded as %j on 24 November', (asked, recorded) => {
    expect(periodFrom(asked, '2026-11-24')).toEqual(recorded);
  });
});
