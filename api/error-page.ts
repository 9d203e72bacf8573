import { REFUSALS } from '../domain/refusal';
import type { Refused } from '../domain/refused';
import type { Answer } from './answer';

/** A plain page for people whose browser asked for something that went wrong: Thai, then English. Nothing of the request stands in it. */
export function errorPage({ code, details }: Refused): Answer {
  const { status, th, en } = REFUSALS[code];
  return {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      ...(details.retryAfter !== undefined && { 'Retry-After': String(details.retryAfter) }),
    },
    body: Buffer.from(
      `<!doctype html>
<html lang="th"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(th)} – DPA</title></head>
<body><main><h1>${escape(th)}</h1><p lang="en">${escape(en)}</p><p><a href="/">กลับหน้าแรก / Start page</a></p></main></body></html>
`,
    ),
  };
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
