// Writing a mail from its two templates, text and HTML, that stand beside each other: Thai with English below.
import { join } from 'node:path';
import { Environment, FileSystemLoader } from 'nunjucks';
import { englishDate, normaliseText, thaiDate, thaiTime } from '../domain/thai-text';
import type { Words } from '../domain/words';
import { PROJECT_ROOT } from '../project-root';

export interface ComposedMail {
  subject: string;
  text: string;
  html: string;
}

/** What the frame around every mail tells. */
export interface MailFrame {
  /** Whom the mail addresses. */
  salutation: string;
  /** The office that signs and answers questions. */
  office: { name: string; phone: string | null };
}

const loader = () => new FileSystemLoader(join(PROJECT_ROOT, 'mail', 'templates'));
const plain = new Environment(loader(), { autoescape: false, throwOnUndefined: true });
const marked = new Environment(loader(), { autoescape: true, throwOnUndefined: true });

/**
 * Writes a mail. Subjects are one line whatever the data holds (RFC 5322, header injection).
 * @param template name of the templates, without `.txt.njk` and `.html.njk`
 * @throws Error when a part that the templates tell is missing: no mail with a hole goes out
 */
export function writeMail(template: string, subject: string, words: MailFrame & Record<string, unknown>): ComposedMail {
  const line = `[DPA] ${normaliseText(subject)}`;
  const told = { ...words, subject: line };
  return { subject: line, text: plain.render(`${template}.txt.njk`, told), html: marked.render(`${template}.html.njk`, told) };
}

/** A date in the Buddhist era in Thai, in the common one in English (X6). */
export function dateWords(instant: Date): Words {
  return { th: thaiDate(instant), en: englishDate(instant) };
}

/**
 * Until when somebody is to act, "by" included (X6). A deadline of working days is the midnight in Bangkok with which its
 * last day ends (R3.5): people are told that day, as on pages; any other deadline is told with its time.
 */
export function untilWords(deadline: Date): Words {
  const last = dateWords(new Date(deadline.getTime() - 1));
  const { th, en } = dateWords(deadline);
  const time = thaiTime(deadline);
  if (last.en !== en) return { th: `ภายในสิ้นวันที่ ${last.th}`, en: `by the end of ${last.en}` };
  return { th: `ภายในวันที่ ${th} เวลา ${time} น.`, en: `by ${en}, ${time} (Bangkok)` };
}
