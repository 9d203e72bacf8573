import fc from 'fast-check';
import { brokenRule } from '../../domain/broken-rule';
import { POSITIONS, type Position } from '../../domain/position';
import { REFUSALS } from '../../domain/refusal';
import { brokenRules, CAPACITIES, type Delegator, EMAIL_KINDS, type Submission, type SubmissionDraft } from '../../domain/submission';

const SCHOOL = '70010062';
const OTHER = '70010063';
const ORDER = { number: '12/2569', date: '2026-10-01' };
const OPTIONAL = { evidenceRequired: false };
const REQUIRED = { evidenceRequired: true };

const director: Submission = {
  schoolCode: SCHOOL,
  capacity: 'DIRECTOR',
  registrant: {
    nationalId: '1101700230708',
    title: 'นางสาว',
    firstName: 'มานี',
    lastName: 'ใจดี',
    position: 'DIRECTOR',
    homeSchoolCode: SCHOOL,
    email: 'school@example.ac.th',
    phone: '032-123456',
  },
  emailKind: 'SCHOOL',
};
const acting: Submission = {
  ...director,
  capacity: 'ACTING_DIRECTOR',
  registrant: { ...director.registrant, position: 'TEACHER' },
  actingOrder: ORDER,
};

const ownDirector: Delegator = { title: 'นาย', firstName: 'ปิติ', lastName: 'มีใจ', position: 'DIRECTOR', homeSchoolCode: SCHOOL };
const delegatedBy = (delegator: Partial<Delegator> = {}): Submission => ({
  ...director,
  capacity: 'DELEGATE',
  registrant: { ...director.registrant, position: 'TEACHER' },
  emailKind: 'DELEGATE',
  delegation: { delegator: { ...ownDirector, ...delegator } },
});
const delegated = delegatedBy();
const delegatedByActing = delegatedBy({ homeSchoolCode: OTHER });

const by = (submission: Submission, registrant: Partial<Submission['registrant']>): Submission => ({
  ...submission,
  registrant: { ...submission.registrant, ...registrant },
});
/** `code at path` of every broken rule. */
const broken = (draft: SubmissionDraft, context = OPTIONAL) => brokenRules(draft, context).map(({ path, code }) => `${code} at ${path}`);
const others = (allowed: readonly Position[]) => POSITIONS.filter((position) => !allowed.includes(position));

describe('R1.1 the director registers', () => {
  test('a director at home breaks nothing', () => {
    expect(broken(director)).toEqual([]);
  });

  test.each(others(['DIRECTOR']))('refuses %s in the capacity of director', (position) => {
    expect(broken(by(director, { position }))).toEqual(['NOT_ELIGIBLE at registrant.position']);
  });

  test('refuses an order, which is the acting director’s', () => {
    const [rule, ...rest] = brokenRules({ ...director, actingOrder: ORDER }, OPTIONAL);
    expect(rest).toEqual([]);
    expect(rule).toMatchObject({ path: 'actingOrder', code: 'VALIDATION' });
    expect(rule?.message).not.toBe(brokenRule('actingOrder', 'VALIDATION').message);
  });

  test('refuses a delegation', () => {
    expect(broken({ ...director, delegation: delegated.delegation })).toEqual(['VALIDATION at delegation']);
  });
});

describe('R1.1 who acts as director in the own school registers by the order', () => {
  test.each(['DIRECTOR', 'DEPUTY_DIRECTOR', 'TEACHER', 'EDUCATIONAL_PERSONNEL'] as const)('%s with the order', (position) => {
    expect(broken(by(acting, { position }))).toEqual([]);
  });

  test.each(['GOVERNMENT_EMPLOYEE', 'CONTRACT_STAFF'] as const)('refuses %s, who cannot be ordered to', (position) => {
    expect(broken(by(acting, { position }))).toEqual(['NOT_ELIGIBLE at registrant.position']);
  });

  test.each<[string, SubmissionDraft['actingOrder']]>([
    ['no order', undefined],
    ['no number', { date: ORDER.date }],
    ['a blank number', { number: ' ', date: ORDER.date }],
    ['no date', { number: ORDER.number }],
    ['a date that is none', { number: ORDER.number, date: '2026-02-30' }],
  ])('refuses %s', (_case, actingOrder) => {
    expect(broken({ ...acting, actingOrder })).toEqual(['ORDER_REQUIRED at actingOrder']);
  });
});

describe('R1.2 the director delegates', () => {
  test.each(['DEPUTY_DIRECTOR', 'TEACHER'] as const)('%s of the same school', (position) => {
    expect(broken(by(delegated, { position }))).toEqual([]);
  });

  test.each(others(['DEPUTY_DIRECTOR', 'TEACHER']))('refuses %s', (position) => {
    expect(broken(by(delegated, { position }))).toEqual(['NOT_ELIGIBLE at registrant.position']);
  });

  test('refuses who is declared to belong to another school', () => {
    expect(broken(by(delegated, { homeSchoolCode: OTHER }))).toEqual(['DELEGATE_NOT_OF_SCHOOL at registrant.homeSchoolCode']);
  });

  test('refuses a delegate without a delegation, and says what to give', () => {
    const [rule, ...rest] = brokenRules({ ...delegated, emailKind: 'SCHOOL', delegation: undefined }, OPTIONAL);
    expect(rest).toEqual([]);
    expect(rule).toMatchObject({ path: 'delegation', code: 'VALIDATION' });
    expect(rule?.message).toContain('Enter the person who delegates');
  });

  test('who acts as director in the own school delegates by the order', () => {
    expect(broken(delegatedBy({ position: 'DEPUTY_DIRECTOR', actingOrder: ORDER }))).toEqual([]);
    expect(broken(delegatedBy({ position: 'DEPUTY_DIRECTOR' }))).toEqual(['ORDER_REQUIRED at delegation.delegator.actingOrder']);
    expect(broken(delegatedBy({ position: 'TEACHER', actingOrder: { number: '1', date: 'soon' } }))).toEqual([
      'ORDER_REQUIRED at delegation.delegator.actingOrder',
    ]);
  });
});

describe('R1.2 R1.1 who acts as director in the own school and delegates', () => {
  test.each(['DEPUTY_DIRECTOR', 'TEACHER', 'EDUCATIONAL_PERSONNEL'] as const)('is a civil servant: %s', (position) => {
    expect(broken(delegatedBy({ position, actingOrder: ORDER }))).toEqual([]);
  });

  test.each(others(['DIRECTOR', 'DEPUTY_DIRECTOR', 'TEACHER', 'EDUCATIONAL_PERSONNEL']))('refuses %s, as it does in person', (position) => {
    expect(broken(delegatedBy({ position, actingOrder: ORDER }))).toEqual(['NOT_ELIGIBLE at delegation.delegator.position']);
    expect(broken(delegatedBy({ position }))).toEqual([
      'ORDER_REQUIRED at delegation.delegator.actingOrder',
      'NOT_ELIGIBLE at delegation.delegator.position',
    ]);
  });
});

describe('R1.3 written evidence', () => {
  const withEvidence: Submission = { ...delegatedBy(), delegation: { delegator: ownDirector, evidence: { fileId: 'f1' } } };

  test('is optional', () => {
    expect(broken(delegated)).toEqual([]);
    expect(broken(withEvidence)).toEqual([]);
  });

  test('where it is required, a file is', () => {
    expect(broken(withEvidence, REQUIRED)).toEqual([]);
    expect(broken(delegated, REQUIRED)).toEqual(['EVIDENCE_REQUIRED at delegation.evidence']);
    const numberOnly: SubmissionDraft = {
      ...delegated,
      delegation: { ...delegated.delegation, evidence: { documentNumber: '1/2569', fileId: ' ' } },
    };
    expect(broken(numberOnly, REQUIRED)).toEqual(['EVIDENCE_REQUIRED at delegation.evidence']);
  });

  test('is not asked of who registers in person', () => {
    expect(broken(director, REQUIRED)).toEqual([]);
    expect(broken(acting, REQUIRED)).toEqual([]);
  });
});

describe('R1.5 an executive of another school does not register in person', () => {
  test.each([
    ['DIRECTOR', by(director, { homeSchoolCode: OTHER })],
    ['DEPUTY_DIRECTOR', by(acting, { homeSchoolCode: OTHER, position: 'DEPUTY_DIRECTOR' })],
    ['DIRECTOR with the order', by(acting, { homeSchoolCode: OTHER, position: 'DIRECTOR' })],
  ])('refuses %s, with or without the order', (_case, submission) => {
    expect(broken(submission)).toEqual(['ACTING_MUST_DELEGATE at registrant.homeSchoolCode']);
    expect(broken({ ...submission, actingOrder: undefined })).toEqual(['ACTING_MUST_DELEGATE at registrant.homeSchoolCode']);
  });

  test('at home nothing is broken', () => {
    expect(broken(by(acting, { position: 'DEPUTY_DIRECTOR' }))).toEqual([]);
  });
});

describe('R1.6 an acting director from another school delegates', () => {
  test.each(['DEPUTY_DIRECTOR', 'TEACHER', 'EDUCATIONAL_PERSONNEL'] as const)('%s of the acted-for school', (position) => {
    expect(broken(by(delegatedByActing, { position }))).toEqual([]);
  });

  test.each(['DIRECTOR', 'GOVERNMENT_EMPLOYEE', 'CONTRACT_STAFF'] as const)('refuses %s', (position) => {
    expect(broken(by(delegatedByActing, { position }))).toEqual(['NOT_ELIGIBLE at registrant.position']);
  });

  test('refuses who is declared to belong to the delegator’s school', () => {
    expect(broken(by(delegatedByActing, { homeSchoolCode: OTHER }))).toEqual(['DELEGATE_NOT_OF_SCHOOL at registrant.homeSchoolCode']);
  });

  test.each(['DIRECTOR', 'DEPUTY_DIRECTOR'] as const)('the delegator is an executive: %s', (position) => {
    expect(broken(delegatedBy({ homeSchoolCode: OTHER, position }))).toEqual([]);
  });

  test.each(others(['DIRECTOR', 'DEPUTY_DIRECTOR']))('refuses %s as the delegator', (position) => {
    expect(broken(delegatedBy({ homeSchoolCode: OTHER, position }))).toEqual(['NOT_ELIGIBLE at delegation.delegator.position']);
  });

  test('the delegator’s order is optional; half of one is refused', () => {
    expect(broken(delegatedBy({ homeSchoolCode: OTHER, actingOrder: ORDER }))).toEqual([]);
    expect(broken(delegatedBy({ homeSchoolCode: OTHER, actingOrder: { number: '', date: ORDER.date } }))).toEqual([
      'ORDER_REQUIRED at delegation.delegator.actingOrder',
    ]);
  });
});

describe('R2.1 the kind of address', () => {
  test.each(EMAIL_KINDS)('a delegate may use %s', (emailKind) => {
    expect(broken({ ...delegated, emailKind })).toEqual([]);
  });

  test('R2.2 a new address is one for everybody', () => {
    expect(broken({ ...director, emailKind: 'NEW' })).toEqual([]);
  });

  test('refuses the delegate’s address without a delegation, before the missing delegation itself', () => {
    expect(broken({ ...director, emailKind: 'DELEGATE' })).toEqual(['EMAIL_KIND at emailKind']);
    expect(broken({ ...acting, emailKind: 'DELEGATE' })).toEqual(['EMAIL_KIND at emailKind']);
    expect(broken({ ...delegated, delegation: undefined })).toEqual(['EMAIL_KIND at emailKind', 'VALIDATION at delegation']);
  });

  test('a delegation that does not apply is none', () => {
    expect(broken({ ...director, emailKind: 'DELEGATE', delegation: delegated.delegation })).toEqual([
      'EMAIL_KIND at emailKind',
      'VALIDATION at delegation',
    ]);
  });
});

describe('R1.1 R1.2 R1.6 rules speak where they have what they need', () => {
  test('nothing is said of nothing', () => {
    expect(broken({}, REQUIRED)).toEqual([]);
    expect(broken({ capacity: 'DIRECTOR', registrant: {} }, REQUIRED)).toEqual([]);
  });

  test('nothing is said of a school that cannot be read', () => {
    expect(broken({ ...director, schoolCode: undefined })).toEqual([]);
    expect(broken({ ...acting, registrant: { position: 'TEACHER' }, actingOrder: undefined })).toEqual([]);
  });

  test('while the delegator’s school is open, nobody is refused whom either rule allows', () => {
    const draft: SubmissionDraft = { ...delegated, delegation: { delegator: { position: 'DIRECTOR' } } };
    expect(broken({ ...draft, registrant: { position: 'EDUCATIONAL_PERSONNEL', homeSchoolCode: SCHOOL } })).toEqual([]);
    expect(broken({ ...draft, registrant: { position: 'CONTRACT_STAFF', homeSchoolCode: SCHOOL } })).toEqual(['NOT_ELIGIBLE at registrant.position']);
  });

  test('every broken rule is named at once', () => {
    const draft: SubmissionDraft = {
      ...delegatedBy({ homeSchoolCode: OTHER, position: 'TEACHER' }),
      registrant: { position: 'CONTRACT_STAFF', homeSchoolCode: OTHER },
      actingOrder: ORDER,
    };
    expect(broken(draft, REQUIRED)).toEqual([
      'NOT_ELIGIBLE at registrant.position',
      'DELEGATE_NOT_OF_SCHOOL at registrant.homeSchoolCode',
      'NOT_ELIGIBLE at delegation.delegator.position',
      'VALIDATION at actingOrder',
      'EVIDENCE_REQUIRED at delegation.evidence',
    ]);
  });

  test('a broken rule speaks Thai and English', () => {
    expect(brokenRule('emailKind', 'EMAIL_KIND')).toEqual({
      path: 'emailKind',
      code: 'EMAIL_KIND',
      message: `${REFUSALS.EMAIL_KIND.th} / ${REFUSALS.EMAIL_KIND.en}`,
    });
  });
});

describe('R1.1 R1.2 R1.5 R1.6 whatever is submitted', () => {
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const order = maybe(fc.record({ number: maybe(fc.constantFrom('', '1')), date: maybe(fc.constantFrom('2026-10-01', '2026-02-30')) }));
  const person = { position: maybe(fc.constantFrom(...POSITIONS)), homeSchoolCode: maybe(fc.constantFrom(SCHOOL, OTHER)) };
  const drafts = fc.record({
    schoolCode: maybe(fc.constant(SCHOOL)),
    capacity: maybe(fc.constantFrom(...CAPACITIES)),
    registrant: maybe(fc.record(person)),
    actingOrder: order,
    emailKind: maybe(fc.constantFrom(...EMAIL_KINDS)),
    delegation: maybe(
      fc.record({
        delegator: maybe(fc.record({ ...person, actingOrder: order })),
        evidence: maybe(fc.record({ fileId: maybe(fc.constantFrom('', 'f')) })),
      }),
    ),
  });

  test('each place and code is told once, with words in both languages', () => {
    fc.assert(
      fc.property(drafts, fc.boolean(), (draft, evidenceRequired) => {
        const rules = brokenRules(draft, { evidenceRequired });
        expect(new Set(rules.map(({ path, code }) => `${path} ${code}`)).size).toBe(rules.length);
        for (const { message } of rules) expect(message).toMatch(/[ก-๙].* \/ .*[A-Za-z]/);
      }),
      { numRuns: 500 },
    );
  });

  test('nobody of another school, and no employee on contract, ever registers', () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        if (draft.capacity === undefined || draft.schoolCode === undefined) return;
        const stranger = draft.registrant?.homeSchoolCode === OTHER;
        const contract = draft.registrant?.position === 'CONTRACT_STAFF' || draft.registrant?.position === 'GOVERNMENT_EMPLOYEE';
        if (stranger || contract) expect(brokenRules(draft, OPTIONAL)).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('R2.6 an officer types it in', () => {
  const officer = { email: 'Officer@District.test', name: 'นางสาวมาลี ดีงาม' };
  const registrant = { email: 'school@example.ac.th', title: 'นางสาว', firstName: 'กานดา', lastName: 'ทดสอบ' };
  const broken = (part: object, by: typeof officer | null = officer) =>
    brokenRules({ registrant: { ...registrant, ...part } }, { ...OPTIONAL, officer: by }).map(({ path, code }) => `${path} ${code}`);

  test('for somebody else', () => {
    expect(broken({})).toEqual([]);
  });

  test('not for themselves: the address compares without case, the name however it was typed (X5)', () => {
    expect(broken({ email: 'officer@district.TEST' })).toEqual(['registrant.email OFFICER_AS_REGISTRANT']);
    expect(broken({ title: 'น.ส.', firstName: 'มา\u200Bลี', lastName: ' ดีงาม ' })).toEqual(['registrant.firstName OFFICER_AS_REGISTRANT']);
  });

  test('who registers the own school by themselves is no officer', () => {
    expect(broken({ email: officer.email, firstName: 'มาลี', lastName: 'ดีงาม' }, null)).toEqual([]);
  });
});
