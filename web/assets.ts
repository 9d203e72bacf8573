// Style and fonts under an address that changes with their content, so that a phone loads them once.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import express, { type Response, type Router } from 'express';
import { buildStyle, FONT_FOLDER, FONTS } from './style';

const style = buildStyle();
const base = `/assets/${createHash('sha256').update(style).digest('hex').slice(0, 12)}`;

/** Address of the style sheet. */
export const STYLE_ADDRESS = `${base}/style.css`;

const forGood = (response: Response) => response.set('Cache-Control', 'public, max-age=31536000, immutable');

/** Serves style and fonts, for good: a first visit is small, and the next ones load the page alone. */
export function assets(): Router {
  const router = express.Router();
  router.get(STYLE_ADDRESS, (_request, response) => void forGood(response).type('css').send(style));
  for (const { file } of FONTS) {
    router.get(`${base}/${file}`, (_request, response) => forGood(response).sendFile(join(FONT_FOLDER, file), { cacheControl: false }));
  }
  return router;
}
