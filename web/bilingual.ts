// Texts of the form `ไทย / English`, as refusals and labels are written, on a page that says which part is in which language
// (WCAG 3.1.2): a screen reader changes its voice there.
import { runtime } from 'nunjucks';
import { escapeHtml } from '../domain/escape-html';
import type { Words } from '../domain/words';

/** Its first letter tells a text's language: names stay Thai in an English one. */
const ENGLISH = /^[^\u0E00-\u0E7FA-Za-z]*[A-Za-z]/;

/** Thai and English of a text; a text of one language is Thai alone. */
export function splitLanguages(text: string): Words {
  const at = text.lastIndexOf(' / ');
  const en = text.slice(at + 3);
  return at < 0 || !ENGLISH.test(en) ? { th: text, en: '' } : { th: text.slice(0, at), en };
}

/** A template filter: the text as HTML, escaped, its English part marked as English. */
export function bilingual(text: unknown): runtime.SafeString {
  const { th, en } = splitLanguages(String(text ?? ''));
  return new runtime.SafeString(en === '' ? escapeHtml(th) : `${escapeHtml(th)} <span class="dpa-en" lang="en">${escapeHtml(en)}</span>`);
}
