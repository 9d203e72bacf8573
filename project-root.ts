import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

function nearestPackage(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('No package.json above the program: the installation is incomplete.');
  return nearestPackage(parent);
}

/** Folder of the project: templates, migrations and shipped data are found from here, compiled or not. */
export const PROJECT_ROOT = nearestPackage(__dirname);
