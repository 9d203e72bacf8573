import { describe, expect, test } from '@jest/globals';
import { holdsLink } from '../../domain/person-name';

describe('R2.3 what a name holds', () => {
  test.each([
    'ว่าที่ร้อยตรี',
    'ว่าที่ ร.ต.หญิง',
    'ผศ.ดร.สมชาย',
    'ดร.',
    'Mr. ',
    'Mr.John',
    'Asst.Prof.',
    'ม.ร.ว.',
    "O'Brien-Smith, Jr.",
    'ณ อยุธยา (เดิม ใจดี)',
    'Wwan',
    'สมชาย/Somchai',
    '<b>สมชาย</b>',
    '@CMD',
  ])('no link: %s', (name) => {
    expect(holdsLink(name)).toBe(false);
  });

  test.each([
    'https://evil.example',
    'evil.example/login',
    'www.evil.example',
    'คลิก WWW.evil.example',
    'a@evil.example',
    'evil.example\\login',
    'evil.example／login',
    'ｗｗｗ．evil',
    'ก＠ข',
  ])('a link or an address: %s', (name) => {
    expect(holdsLink(name)).toBe(true);
  });
});
