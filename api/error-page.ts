import type { Response } from 'express';
import { escapeHtml } from '../domain/escape-html';
import type { Refused } from '../domain/refused';

/** A plain page for people whose browser met a refusal: Thai, then English. Nothing of the request stands in it. */
export function sendErrorPage(response: Response, { status, words: { th, en }, details }: Refused): void {
  if (details.retryAfter !== undefined) response.setHeader('Retry-After', String(details.retryAfter));
  response
    .status(status)
    .type('html')
    .send(`<!doctype html>
<html lang="th"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(th)} – DPA</title></head>
<body><main><h1>${escapeHtml(th)}</h1><p lang="en">${escapeHtml(en)}</p><p><a href="/">กลับหน้าแรก / Start page</a></p></main></body></html>
`);
}
