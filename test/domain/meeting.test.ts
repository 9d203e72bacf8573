import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isJoinable, JOIN_CODE_ALPHABET, JOIN_CODE_LENGTH, joinCode, parseJoinCode } from '../../domain/meeting';
import { isFilled, MEETING_COLUMNS, meetingChoices, meetingColumn, meetingHeading, submissionOfRow } from '../../domain/meeting-sheet';
import { POSITIONS } from '../../domain/position';
import { CAPACITIES, EMAIL_KINDS } from '../../domain/submission';

describe('R2.4 the code of a meeting', () => {
  test('is read however it is typed', () => {
    expect(parseJoinCode(' acde-3479 ')).toBe('ACDE3479');
    expect(parseJoinCode('ACDE ๓๔๗๙')).toBe('ACDE3479');
  });

  test.each(['', 'ACDE347', 'ACDE34799', 'ACDE3470', 'OOOOOOOO', "ACDE347'"])('refuses %j', (raw) => {
    expect(parseJoinCode(raw)).toBeNull();
  });

  test('comes from random bytes, each character as likely, and is read back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (random) => {
        const code = joinCode(random);
        expect(code === null || parseJoinCode(code) === code).toBe(true);
      }),
    );
    expect(joinCode(new Uint8Array(32).fill(255))).toBeNull();
    expect(joinCode(new Uint8Array(32))).toBe(JOIN_CODE_ALPHABET.charAt(0).repeat(JOIN_CODE_LENGTH));
  });

  test('is good until the day after its day has ended in Bangkok', () => {
    expect(isJoinable('2026-11-24', new Date('2026-11-20T00:00:00Z'))).toBe(true);
    expect(isJoinable('2026-11-24', new Date('2026-11-25T16:59:59Z'))).toBe(true);
    expect(isJoinable('2026-11-24', new Date('2026-11-25T17:00:00Z'))).toBe(false);
  });
});

describe('R2.4 the sheet of a meeting', () => {
  test('its headings are read in Thai and as the API calls them, and no two are alike', () => {
    for (const column of MEETING_COLUMNS) expect([meetingColumn(column), meetingColumn(meetingHeading(column))]).toEqual([column, column]);
    expect(meetingColumn('รหัส โรงเรียน')).toBe('schoolCode');
    expect(meetingColumn('หมายเหตุ')).toBeNull();
  });

  test('a row with nothing but the school is not filled in', () => {
    expect(isFilled({ schoolCode: '70010062', schoolName: 'บ้านดอยสูง' })).toBe(false);
    expect(isFilled({ schoolCode: '70010062', email: 'x' })).toBe(true);
  });

  test('a row of a director needs no more than the person', () => {
    expect(submissionOfRow({ schoolCode: '70010062', nationalId: '1', firstName: 'ก' })).toMatchObject({
      capacity: 'DIRECTOR',
      emailKind: 'SCHOOL',
      registrant: { position: 'DIRECTOR', homeSchoolCode: '70010062' },
      delegation: undefined,
      actingOrder: undefined,
    });
  });

  test('each word that it is said to take is taken', () => {
    const taken = (path: string, read: (word: string) => unknown) => meetingChoices(path).map(read);
    expect(taken('capacity', (capacity) => submissionOfRow({ capacity })['capacity'])).toEqual(CAPACITIES);
    expect(taken('emailKind', (emailKind) => submissionOfRow({ emailKind })['emailKind'])).toEqual(EMAIL_KINDS);
    expect(taken('registrant.position', (position) => submissionOfRow({ position }))).toMatchObject(
      POSITIONS.map((position) => ({ registrant: { position } })),
    );
    expect(taken('delegation.delegator.position', (delegatorPosition) => submissionOfRow({ delegatorPosition }))).toMatchObject(
      POSITIONS.map((position) => ({ delegation: { delegator: { position } } })),
    );
    expect(meetingChoices('registrant.email')).toEqual([]);
  });

  test('words in Thai and dates of the Buddhist era are understood; what is none stays, to be refused', () => {
    const row = submissionOfRow({
      schoolCode: '70010062',
      capacity: 'ผู้ได้รับมอบหมาย',
      position: 'ครู',
      emailKind: 'ของผู้ได้รับมอบหมาย',
      delegatorFirstName: 'บุญมี',
      delegatorPosition: 'รอง ผอ.',
      delegatorHomeSchoolCode: '70010063',
      delegatorOrderNumber: '12/2569',
      delegatorOrderDate: '1 ต.ค. 2569',
    });
    expect(row).toMatchObject({
      capacity: 'DELEGATE',
      emailKind: 'DELEGATE',
      registrant: { position: 'TEACHER' },
      delegation: {
        delegator: { position: 'DEPUTY_DIRECTOR', homeSchoolCode: '70010063', actingOrder: { number: '12/2569', date: '2026-10-01' } },
      },
    });
    expect(submissionOfRow({ capacity: 'ภารโรง', orderNumber: '1', orderDate: 'เมื่อวาน' })).toMatchObject({
      capacity: 'ภารโรง',
      actingOrder: { date: 'เมื่อวาน' },
    });
  });
});
