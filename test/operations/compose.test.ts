// docker-compose.yml: what .env says reaches the programs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { SETTINGS } from '../../config';
import { PROJECT_ROOT } from '../../project-root';

const compose = readFileSync(join(PROJECT_ROOT, 'docker-compose.yml'), 'utf8');

/** The containers' own affair: how they are built, find one another, and keep what they keep. */
const WITHIN =
  /^(NODE_ENV|PORT|DATABASE_URL|MIGRATE_DATABASE_URL|DATA_DIR|DEMO_PASSWORD|NATIONAL_ID_KEYS|LOOKUP_KEY|TOKEN_KEY|METRICS_PORT|TEMPORAL_.*|(POSTGRES|SMTP|MAIL_UI)_PORT)$/;

test.each(SETTINGS.filter((name) => !WITHIN.test(name)))('%s of .env is given to the containers', (name) => {
  expect(compose).toContain(`  ${name}: \${${name}:-`);
});
