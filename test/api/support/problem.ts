import { z } from 'zod';

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string(),
    code: z.string(),
    errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
  })
  .loose();

/** Reads an answer as a problem (RFC 9457) and checks what all of them have in common. */
export async function readProblem(response: Response) {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const body = problem.parse(await response.json());
  expect(body.status).toBe(response.status);
  expect(body.detail).toMatch(/[ก-๙].* \/ .*[A-Za-z]/);
  return body;
}

/** `path code` of each field error. */
export function errorsOf({ errors = [] }: { errors?: { path: string; code: string }[] | undefined }): string[] {
  return errors.map(({ path, code }) => `${path} ${code}`);
}
