// The ID of a form, rendered with its page, and of the request that it is sent as.
import { randomUUID } from 'node:crypto';
import { storableText } from '../domain/storable-text';
import { derivedId } from '../security/derived-id';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The ID that a page's form was rendered with, to be rendered again. A form without gets a new one. */
export function renderedFormId({ formId = '' }: Record<string, string>): string {
  return UUID.test(formId) ? formId : randomUUID();
}

/**
 * The ID of the request that a form is sent as: a double tap on a slow line is one request, a form that was gone back to and filled
 * in otherwise is another. The rendered ID, which is kept nowhere, keeps the rest from being guessed from it.
 * @param apart names of fields that are told apart elsewhere: `fileId` of a file that arrived before an outage, which its digest tells
 */
export function formIdOf(body: Record<string, string>, apart: (name: string) => boolean = () => false): string {
  // A choice that was not offered the first time is a blank one the second time.
  const filled = Object.entries(body).filter(([name, value]) => name !== 'formId' && value !== '' && !apart(name));
  return derivedId(renderedFormId(body), JSON.stringify(filled.sort()));
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
