// What somebody is told of a field that a schema cannot use: what to do, in Thai and English, in no words of zod's.
import type { z } from 'zod';

/** zod's complaints by their codes; each entry of the table below is given its own kind. */
interface Complaints {
  invalid_type: z.core.$ZodIssueInvalidType;
  invalid_value: z.core.$ZodIssueInvalidValue;
  invalid_format: z.core.$ZodIssueInvalidStringFormat;
  too_small: z.core.$ZodIssueTooSmall;
  too_big: z.core.$ZodIssueTooBig;
  not_multiple_of: z.core.$ZodIssueNotMultipleOf;
  unrecognized_keys: z.core.$ZodIssueUnrecognizedKeys;
  invalid_key: z.core.$ZodIssueInvalidKey;
  invalid_element: z.core.$ZodIssueInvalidElement;
  invalid_union: z.core.$ZodIssueInvalidUnion;
}
type Complaint<Code extends keyof Complaints = keyof Complaints> = { [Each in Code]: { code: Each } & Complaints[Each] }[Code];

export const FILL_IN = 'โปรดกรอกช่องนี้ / Fill this in.';
const NOT_EMPTY = 'ช่องนี้เว้นว่างไม่ได้ โปรดกรอก / This cannot be left empty. Fill it in.';
const CHECK = 'ค่านี้ใช้ไม่ได้ โปรดตรวจสอบแล้วส่งอีกครั้ง / This cannot be used. Check it and send again.';

/** By the type that is asked for. */
const TYPES: Record<string, string> = {
  string: 'โปรดกรอกเป็นข้อความ / Give this as text.',
  number: 'โปรดกรอกเป็นตัวเลข / Give a number.',
  int: 'โปรดกรอกเป็นจำนวนเต็ม ไม่มีทศนิยม / Give a whole number.',
  boolean: 'โปรดตอบเป็น true หรือ false / Say true or false.',
  array: 'โปรดส่งเป็นรายการ (array) / Give this as a list.',
  object: 'โปรดส่งเป็นกลุ่มข้อมูล (object) / Give this as an object with its fields.',
  record: 'โปรดส่งเป็นกลุ่มข้อมูล (object) / Give this as an object with its fields.',
};

/** By what is counted. */
const AT_LEAST: Record<string, (least: string) => string> = {
  string: (least) => `กรอกอย่างน้อย ${least} ตัวอักษร / Give at least ${least} characters.`,
  array: (least) => `ส่งอย่างน้อย ${least} รายการ / Give at least ${least} in the list.`,
};
const AT_MOST: Record<string, (most: string) => string> = {
  string: (most) => `ยาวได้ไม่เกิน ${most} ตัวอักษร โปรดย่อให้สั้นลง / At most ${most} characters. Make it shorter.`,
  array: (most) => `ส่งได้ครั้งละไม่เกิน ${most} รายการ / At most ${most} at once. Send the others after them.`,
};
const numberFrom = (least: string) => `กรอกตัวเลขตั้งแต่ ${least} ขึ้นไป / Give a number that is ${least} or more.`;
const numberTo = (most: string) => `กรอกตัวเลขไม่เกิน ${most} / Give a number that is ${most} or less.`;

/** Limits count themselves in: no schema of ours has one that does not. */
const WORDS: { [Code in keyof Complaints]: (complaint: Complaint<Code>) => string } = {
  invalid_type: ({ expected, input }) => (input === null ? NOT_EMPTY : (TYPES[expected] ?? CHECK)),
  invalid_value: ({ values }) => {
    const choices = values.map(String).join(', ');
    return `โปรดเลือกอย่างใดอย่างหนึ่ง: ${choices} / Choose one of: ${choices}.`;
  },
  invalid_format: () => 'รูปแบบไม่ถูกต้อง โปรดตรวจสอบแล้วพิมพ์ใหม่ / This is not written as it has to be. Check it and type it again.',
  too_small: ({ origin, minimum }) => (AT_LEAST[origin] ?? numberFrom)(String(minimum)),
  too_big: ({ origin, maximum }) => (AT_MOST[origin] ?? numberTo)(String(maximum)),
  not_multiple_of: ({ divisor }) => `กรอกตัวเลขที่หารด้วย ${divisor} ลงตัว / Give a multiple of ${divisor}.`,
  unrecognized_keys: ({ keys }) => `ไม่รู้จักช่อง ${keys.join(', ')} โปรดนำออก / Not known: ${keys.join(', ')}. Leave it out.`,
  invalid_key: () => CHECK,
  invalid_element: () => CHECK,
  invalid_union: () => CHECK,
};

/**
 * What to do about a field that a schema could not use, `Thai / English`.
 * @param complaint of a parse with `reportInput`, which tells null from another type
 */
export function fieldWords<Code extends keyof Complaints>(complaint: Complaint<Code>): string {
  return WORDS[complaint.code](complaint);
}
