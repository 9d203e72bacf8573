// What comments and pages refer to is there: decisions by their number, requirements by their ID, pages by their name.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { PROJECT_ROOT } from '../../project-root';

const NOT_OURS = /^(node_modules|dist|coverage|\..*|prisma\/(generated|data)|test\/histories)$/;

/** Files of the project by the end of their name, as paths from its root. */
function filesOf(ending: RegExp, folder = PROJECT_ROOT): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    const name = relative(PROJECT_ROOT, path);
    if (entry.isDirectory()) return NOT_OURS.test(name) ? [] : filesOf(ending, path);
    return ending.test(name) ? [name] : [];
  });
}

const read = (file: string) => readFileSync(join(PROJECT_ROOT, file), 'utf8');
const sources = filesOf(/\.(ts|js|mjs|prisma|sql|ya?ml|sh)$/);
const pages = ['README.md', ...filesOf(/\.md$/, join(PROJECT_ROOT, 'docs'))];

/** All that a pattern's first group finds in files, each with the file it stands in. */
function found(files: readonly string[], pattern: RegExp): [file: string, what: string][] {
  return files.flatMap((file) => [...read(file).matchAll(pattern)].map(([, what = '']): [string, string] => [file, what]));
}

describe('Decisions', () => {
  const numbered = [...read('docs/decisions.md').matchAll(/^(\d+)\. \*\*/gm)].map(([, number]) => Number(number));
  const cited = found([...sources, ...pages], /decisions\.md,? (\d+(?:(?:, | and | to )\d+)*)/g).flatMap(([file, list]) =>
    [...list.matchAll(/\d+/g)].map(([number]): [string, number] => [file, Number(number)]),
  );

  test('are numbered one after the other', () => {
    expect(numbered).toEqual(numbered.map((_, index) => index + 1));
  });

  test('that are cited are there', () => {
    expect(cited.length).toBeGreaterThan(20);
    expect(cited.filter(([, number]) => !numbered.includes(number))).toEqual([]);
  });

  test('are cited by the page that they stand on, which is shipped', () => {
    expect(found(sources, /((?:DESIGN|CONTRACT|REQUIREMENTS)\.md)/g)).toEqual([]);
    expect(found(sources, /(\bdecisions? \d+)/g)).toEqual([]);
  });
});

describe('Requirements', () => {
  const listed = [...read('docs/requirements.md').matchAll(/^\| ([RX]\d[\w.]*)/gm)].map(([, id = '']) => id);
  const tests = filesOf(/\.test\.ts$/, join(PROJECT_ROOT, 'test'));

  test('are each named by a test', () => {
    const named = new Set(found(tests, /\b([RX]\d(?:\.\d[a-e]?)?)\b/g).map(([, id]) => id));
    expect(listed.length).toBeGreaterThan(40);
    expect(listed.filter((id) => !named.has(id))).toEqual([]);
  });

  test('that are cited are listed', () => {
    const cited = found([...sources, ...pages], /\b(R\d\.\d[a-e]?)\b/g);
    expect(cited.filter(([, id]) => !listed.some((one) => one.startsWith(id)))).toEqual([]);
  });

  test('name test files that are there', () => {
    const files = found(['docs/requirements.md'], /`(test\/[\w./-]+)`/g);
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter(([, file]) => !existsSync(join(PROJECT_ROOT, file)))).toEqual([]);
  });
});

describe('Pages', () => {
  test('that sources name are there', () => {
    expect(found(sources, /\b(docs\/[\w-]+\.md)/g).filter(([, page]) => !existsSync(join(PROJECT_ROOT, page)))).toEqual([]);
  });

  test('link to what is there', () => {
    const links = found(pages, /\]\((?!https?:|#)([^)#\s]+)/g);
    expect(links.filter(([page, target]) => !existsSync(join(PROJECT_ROOT, dirname(page), target)))).toEqual([]);
  });
});
