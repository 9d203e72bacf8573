// Runs a program of the build as operators do.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../project-root';

export interface EndedProgram {
  code: number | null;
  output: string;
  /** The last line of the output. */
  last: string;
  errors: string;
}

/**
 * @param file in the build's folder of scripts
 * @param env the whole environment, beside PATH
 * @param input what it reads from standard input
 */
export function runProgram(file: string, args: string[], env: Record<string, string>, input = ''): Promise<EndedProgram> {
  const child = spawn(process.execPath, [join(PROJECT_ROOT, 'dist', 'scripts', file), ...args], { env: { PATH: process.env['PATH'], ...env } });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  child.stdin.end(input);
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, output, last: output.trimEnd().split('\n').at(-1) ?? '', errors }));
  });
}
