// Style and fonts: govuk-frontend's components without GOV.UK's font and marks, in the Thai font Sarabun, under an address
// that changes with the content, so that a phone loads them once.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import express, { type Router } from 'express';
import { PROJECT_ROOT } from '../project-root';

const FONT_FOLDER = join(dirname(require.resolve('@fontsource/sarabun/package.json')), 'files');
const FONTS = ['thai', 'latin'].flatMap((subset) =>
  [400, 700].map((weight) => ({ subset, weight, file: `sarabun-${subset}-${weight}-normal.woff2` })),
);
const RANGES: Record<string, string> = { thai: 'U+02D7,U+0303,U+0331,U+0E01-0E5B,U+200C-200D,U+25CC', latin: 'U+0000-00FF,U+2000-206F,U+20AC' };

function fontFaces(): string {
  return FONTS.map(
    ({ subset, weight, file }) =>
      `@font-face{font-family:Sarabun;font-style:normal;font-weight:${weight};font-display:swap;src:url(${file}) format("woff2");unicode-range:${RANGES[subset]}}`,
  ).join('');
}

function buildStyle(): string {
  const components = readFileSync(require.resolve('govuk-frontend/dist/govuk/govuk-frontend.min.css'), 'utf8')
    .replace(/@font-face\{[^}]*\}/g, '')
    .replace(/GDS Transport/g, 'Sarabun');
  const own = readFileSync(join(PROJECT_ROOT, 'web', 'assets', 'dpa.css'), 'utf8');
  return `${fontFaces()}${components}${own}`;
}

const style = buildStyle();
const base = `/assets/${createHash('sha256').update(style).digest('hex').slice(0, 12)}`;

/** Address of the style sheet. */
export const STYLE_ADDRESS = `${base}/style.css`;

/** Serves style and fonts, for good. */
export function assets(): Router {
  const router = express.Router();
  const cached = { maxAge: '365d', immutable: true, index: false } as const;
  router.get(STYLE_ADDRESS, (_request, response) => {
    response.set('Cache-Control', 'public, max-age=31536000, immutable').type('css').send(style);
  });
  router.use(base, express.static(FONT_FOLDER, cached));
  return router;
}
