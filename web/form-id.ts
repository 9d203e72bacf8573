// The ID of a form, rendered with its page.
import { randomUUID } from 'node:crypto';
import { storableText } from '../domain/storable-text';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The ID that a page's form was rendered with: a double tap on a slow line is one request. A form without gets a new one. */
export function formIdOf(body: Record<string, string>): string {
  const { formId = '' } = body;
  return UUID.test(formId) ? formId : randomUUID();
}

/** The texts of a submitted form, as they can be stored; a field that came more than once is left out. */
export function formTexts(body: unknown): Record<string, string> {
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' ? [[name, typed(value)]] : [])));
}

/** Browsers send line ends as two characters, of which one was typed. */
function typed(text: string): string {
  return storableText(text).replaceAll('\r\n', '\n');
}
