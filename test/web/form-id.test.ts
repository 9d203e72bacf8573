// A form that is sent twice is one request; one that was gone back to and filled in otherwise is another.
import { expect, test } from '@jest/globals';
import { formIdOf, renderedFormId } from '../../web/form-id';

const formId = '20000000-0000-4000-8000-00000000000f';
const form = { formId, email: 'new@district.test', name: 'สมศรี' };

test('the same form is the same request, in whatever order a browser sends its fields', () => {
  expect(formIdOf({ name: 'สมศรี', email: 'new@district.test', formId })).toBe(formIdOf(form));
});

test('what was changed after going back is another request, and so is the same in a page that was opened anew', () => {
  const others = [
    { ...form, name: 'สมชาย' },
    { ...form, formId: '20000000-0000-4000-8000-00000000000e' },
    { ...form, head: 'yes' },
  ];
  expect(new Set([form, ...others].map((sent) => formIdOf(sent))).size).toBe(4);
});

test('what is told apart elsewhere, and choices that are blank, leave the form the same request', () => {
  const again = { ...form, fileId: '30000000-0000-4000-8000-000000000001', earlierReason: '' };
  expect(formIdOf(again, (name) => name === 'fileId')).toBe(formIdOf(form));
  expect(formIdOf(again)).not.toBe(formIdOf(form));
});

test('the page shows the ID that it had, and a new one where it is none of ours', () => {
  expect(renderedFormId(form)).toBe(formId);
  expect(formIdOf(form)).not.toBe(formId);
  for (const wrong of ['', 'no-uuid', '11111111-1111-1111-1111-111111111111']) expect(renderedFormId({ formId: wrong })).not.toBe(wrong);
});
