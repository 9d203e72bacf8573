// Meetings over HTTP, as an officer holds them.
import { z } from 'zod';
import { REGISTRATION_STATUSES } from '../../../domain/registration';
import { call, eventually, type Reply } from '../../setup/people';
import type { TestSystem } from '../../setup/system';

const meeting = z.object({
  id: z.string(),
  joinCode: z.string(),
  joinUrl: z.string(),
  rows: z.array(
    z.object({
      row: z.number().optional(),
      schoolCode: z.string().optional(),
      outcome: z.string(),
      registration: z
        .object({ id: z.string(), reference: z.string(), status: z.enum(REGISTRATION_STATUSES), awaitsAcknowledgement: z.boolean().optional() })
        .optional(),
      problem: z
        .object({
          type: z.string(),
          title: z.string(),
          status: z.number(),
          detail: z.string(),
          code: z.string(),
          errors: z.array(z.object({ path: z.string(), code: z.string() })),
        })
        .optional(),
    }),
  ),
});
export type HeldMeeting = z.infer<typeof meeting>;

/** `YYYY-MM-DD` in Bangkok, some days from now. */
export function dayFromNow(days: number): string {
  return new Date(Date.now() + 7 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
}

/** A sheet as a spreadsheet saves it. */
export function csv(headings: readonly string[], ...rows: readonly (readonly string[])[]): string {
  return [headings, ...rows].map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\r\n');
}

/** What an officer does with meetings. */
export function meetingsOf({ url }: Pick<TestSystem, 'url'>, officer: Record<string, string>) {
  const look = async (id: string): Promise<HeldMeeting> => meeting.parse((await call(url, 'GET', `/api/meetings/${id}`, undefined, officer)).body);
  return {
    look,
    async hold(on = dayFromNow(0)): Promise<HeldMeeting> {
      return meeting.parse((await call(url, 'POST', '/api/meetings', { title: 'ประชุมชี้แจง DPA', on }, officer)).body);
    },
    /** Sends a sheet. @returns the status and the code of a refusal */
    async send(
      id: string,
      sheet: string | Uint8Array<ArrayBuffer>,
      headers: Record<string, string> = officer,
    ): Promise<Pick<Reply, 'status'> & { code: string }> {
      const form = new FormData();
      form.set('file', new Blob([sheet]), 'sheet.csv');
      const own = { ...headers, 'Sec-Fetch-Site': 'same-origin' };
      const response = await fetch(`${url}/api/meetings/${id}/sheet`, { method: 'POST', body: form, headers: own });
      const { code = '' } = z.looseObject({ code: z.string().optional() }).parse(await response.json());
      return { status: response.status, code };
    },
    /** The rows, when none waits any more. */
    settled: (id: string): Promise<HeldMeeting['rows']> =>
      eventually(async () => {
        const { rows } = await look(id);
        return rows.every(({ outcome }) => outcome !== 'WAITING') && rows;
      }, 'an outcome for every row'),
  };
}
