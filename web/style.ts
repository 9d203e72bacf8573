// One small style sheet: those components of govuk-frontend that the pages use, in the Thai font Sarabun, with the service's
// own plain identity on top. The whole sheet would be most of a first visit on a slow line.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PROJECT_ROOT } from '../project-root';

/** Where the font files are. */
export const FONT_FOLDER = join(dirname(require.resolve('@fontsource/sarabun/package.json')), 'files');

/** What each file covers, as the font's own style sheet says. */
const SUBSETS: Record<string, string> = { thai: 'U+02D7,U+0303,U+0331,U+0E01-0E5B,U+200C-200D,U+25CC', latin: 'U+0000-00FF,U+2000-206F,U+20AC' };

/** The font files that the style names, and no others, are served. */
export const FONTS = Object.entries(SUBSETS).flatMap(([subset, range]) =>
  [400, 700].map((weight) => ({ file: `sarabun-${subset}-${weight}-normal.woff2`, weight, range })),
);

/** Blocks of govuk-frontend (`govuk-<block>`) that stand in a template. */
const USED_BLOCKS = new Set([
  'template',
  'skip-link',
  'width-container',
  'main-wrapper',
  'visually-hidden',
  'back-link',
  'heading-l',
  'heading-m',
  'heading-s',
  'caption-l',
  'body',
  'body-s',
  'list',
  'link',
  'button',
  'button-group',
  'form-group',
  'label',
  'hint',
  'input',
  'textarea',
  'date-input',
  'select',
  'radios',
  'checkboxes',
  'file-upload',
  'fieldset',
  'error-message',
  'error-summary',
  'inset-text',
  'panel',
  'tag',
  'summary-list',
]);

interface Rule {
  /** Selectors, or the words of an at-rule. */
  head: string;
  /** Declarations, or rules. */
  body: string;
}

/** Divides minified CSS into its outermost rules; statements without a body (`@charset`) are left out. */
function rulesOf(css: string): Rule[] {
  const rules: Rule[] = [];
  let depth = 0;
  let start = 0;
  let open = 0;
  for (let at = 0; at < css.length; at++) {
    if (css[at] === ';' && depth === 0) start = at + 1;
    if (css[at] === '{' && depth++ === 0) open = at;
    if (css[at] === '}' && --depth === 0) {
      rules.push({ head: css.slice(start, open).trim(), body: css.slice(open + 1, at) });
      start = at + 1;
    }
  }
  return rules;
}

const blocksIn = (selector: string) => [...selector.matchAll(/\.govuk-(!?[a-z0-9]+(?:-[a-z0-9]+)*)/g)].map(([, block = '']) => block);
/** A selector applies only where all its classes do, so one unused block is enough to leave it out; utilities (`\!`) too. */
const isUsed = (selector: string) => !selector.includes('\\!') && blocksIn(selector).every((block) => USED_BLOCKS.has(block));

/** The sheet without the rules of components that no page has. */
function withoutUnused(css: string): string {
  return rulesOf(css)
    .map(({ head, body }) => {
      if (head.startsWith('@font-face')) return '';
      const inner = /^@(media|supports)/.test(head) ? withoutUnused(body) : body;
      const used = head.startsWith('@')
        ? head
        : head
            .split(/,(?![^(]*\))/)
            .filter(isUsed)
            .join(',');
      return used === '' || inner === '' ? '' : `${used}{${inner}}`;
    })
    .join('');
}

const fontFaces = () =>
  FONTS.map(
    ({ file, weight, range }) =>
      `@font-face{font-family:Sarabun;font-style:normal;font-weight:${weight};font-display:swap;src:url(${file}) format("woff2");unicode-range:${range}}`,
  ).join('');

const withoutComments = (css: string) => css.replace(/\/\*[\s\S]*?\*\//g, '');

/** The style sheet of all pages: without GOV.UK's font, crown and name, which are the United Kingdom's alone. */
export function buildStyle(): string {
  const components = readFileSync(require.resolve('govuk-frontend/dist/govuk/govuk-frontend.min.css'), 'utf8').replaceAll('GDS Transport', 'Sarabun');
  const own = ['dpa.css', 'office.css'].map((file) => readFileSync(join(PROJECT_ROOT, 'web', 'assets', file), 'utf8')).join('');
  return `${fontFaces()}${withoutUnused(withoutComments(components))}${withoutComments(own)}`;
}
