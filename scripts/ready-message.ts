import type { Config } from '../config';
import type { DatabaseUrls } from './prepare-database';

/** Says where everything is, who can sign in, and what to try first. */
export function printReady(config: Config, demo: DatabaseUrls['demo'], seconds: string): void {
  const { publicUrl, temporal, smtp, mailUiPort } = config;
  const lines = [
    '',
    `Ready after ${seconds} s.`,
    '',
    `  Pages          ${publicUrl}/`,
    `  API            ${publicUrl}/api   (documentation: ${publicUrl}/api/docs)`,
    temporal.address === undefined
      ? `  Temporal UI    http://localhost:${temporal.uiPort}/namespaces/${temporal.namespace}/workflows`
      : `  Temporal       ${temporal.address}`,
    smtp.url === undefined ? `  Mail           http://localhost:${mailUiPort}/` : '  Mail           as SMTP_URL says',
    '',
    ...(demo ? accountLines(demo) : []),
    demo ? 'Try first: npm run demo (in another terminal) plays a whole case and explains each step.' : 'No demo data in a database of your own.',
    'Ctrl-C stops everything; the data stays.',
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function accountLines(demo: NonNullable<DatabaseUrls['demo']>): string[] {
  return [
    `Demo accounts, all with the password ${demo.password}`,
    `  ${demo.central}   the central office`,
    ...demo.districts.map(({ approver, head, name }) => `  ${approver}, ${head}   ${name}`),
    `  ${demo.administrators.map(({ email }) => email).join(', ')}   administrators of schools`,
    '',
  ];
}
