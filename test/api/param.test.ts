// The parts of an address that a route's path names.
import { expect, test } from '@jest/globals';
import { param } from '../../api/param';

test('a name of the path gives what the address has there', () => {
  expect(param({ code: '70010062', id: 'p1' }, 'id')).toBe('p1');
});

test('a name that the path does not have is a slip of ours, and no blank text', () => {
  expect(() => param({ code: '70010062' }, 'id')).toThrow('":id"');
});
