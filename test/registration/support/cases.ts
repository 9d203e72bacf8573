// Registrations over HTTP, as registrants send them and an office decides them.
import { ACCOUNTS, freshSchool } from '../../setup/directory';
import { addressOf, call, confirmationFrom, type Reply, signIn, submission, untilAnswered } from '../../setup/people';
import type { TestSystem } from '../../setup/system';

/** What an approver sends to approve, beside the revision: with the attestation. */
export const APPROVE = { decision: 'APPROVE', verified: true } as const;

export type Cases = Awaited<ReturnType<typeof casesOf>>;

/**
 * What people do with the cases of one system.
 * @param office the address of the approver who decides where nobody else is named, signed in at once
 */
export async function casesOf({ url }: Pick<TestSystem, 'url'>, office: string = ACCOUNTS.approver) {
  const approver = await signIn(url, office);

  /** Without a session unless told. On a machine that is too slow for an answer in time the same request again, unless it has a key of its own. */
  function post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    if ('Idempotency-Key' in headers) return call(url, 'POST', path, body, headers);
    return untilAnswered((key) => call(url, 'POST', path, body, { ...headers, ...key }));
  }

  /** As the approver unless told. */
  function get(path: string, headers: Record<string, string> = approver): Promise<Reply> {
    return call(url, 'GET', path, undefined, headers);
  }

  function submit(asked: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    return post('/api/registrations', asked, headers);
  }

  /** Registers a school soundly, with whatever differs; gives the case that waits then. */
  async function pending(
    school: string = freshSchool(),
    differs: Record<string, unknown> = {},
    registrant: Record<string, unknown> = {},
  ): Promise<Reply['body'] & { id: string }> {
    const { status, body } = await submit(submission(school, differs, registrant));
    if (status !== 201) throw new Error(`Registering ${school} answered ${status}: ${JSON.stringify(body)}`);
    return { ...body, id: body.id ?? '' };
  }

  /** Decides on the first revision unless told. */
  function decide(id: unknown, asked: Record<string, unknown>, headers: Record<string, string> = approver): Promise<Reply> {
    return post(`/api/registrations/${id}/decisions`, { revision: 1, ...asked }, headers);
  }

  function approve(id: unknown, headers: Record<string, string> = approver, revision = 1): Promise<Reply> {
    return decide(id, { ...APPROVE, revision }, headers);
  }

  return {
    approver,
    post,
    get,
    submit,
    pending,
    decide,
    approve,
    /** Registers and approves; gives the path by which the registrant confirms. */
    async approved(school: string = freshSchool()): Promise<{ id: string; school: string; link: string }> {
      const { id } = await pending(school);
      await approve(id);
      return { id, school, link: await confirmationFrom(addressOf(school)) };
    },
    seen(id: unknown, headers: Record<string, string> = approver): Promise<Reply> {
      return get(`/api/registrations/${id}`, headers);
    },
    /** Mends the address as an office does (R4.1). */
    mend(id: unknown, email: unknown, headers: Record<string, string> = approver): Promise<Reply> {
      return post(`/api/registrations/${id}/address`, { email }, headers);
    },
    /** Sends a returned case again, corrected. */
    resubmit(id: unknown, corrected: unknown, registrant: Record<string, string>): Promise<Reply> {
      return post(`/api/registrations/${id}/resubmissions`, corrected, registrant);
    },
    withdraw(id: unknown, registrant: Record<string, string>): Promise<Reply> {
      return post(`/api/registrations/${id}/withdrawal`, undefined, registrant);
    },
  };
}
