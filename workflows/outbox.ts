// The mails that a case has on their way, and what becomes of them when it closes.
import { CancellationScope, condition } from '@temporalio/workflow';
import type { Deadline, MailOrder } from '../contracts/case';
import { deliver } from './delivery';
import { startMailOfItsOwn } from './own-mail';

/** How the mails of a case stand, for operators. */
export type MailStanding = 'on its way' | 'failing' | 'bounced' | 'failed';

/** The mails that a case has on their way. */
export interface Outbox {
  /** Starts sending what was not started before. */
  send(orders: MailOrder[]): void;
  /** A mail was tried in vain several times, or came back later, which may give its case a deadline. */
  mark(mailId: string, standing: 'failing' | 'bounced', deadline?: Deadline | null): void;
  /** Mails that are not delivered yet, by purpose. */
  standing(): { purpose: string; audience: string; standing: MailStanding }[];
  /**
   * Leaves what is unsent to workflows of its own, so that a closed case does not keep its school's ID (docs/decisions.md 4).
   * @param arrived mails whose sending is about to be told: they are waited for, unless they fail after all
   */
  handOver(orders: MailOrder[], arrived?: string[]): Promise<void>;
}

/** @param changed called when a mail's standing changed, with the case's new deadline where the mail set one */
export function createOutbox(changed: (mailId: string, deadline?: Deadline | null) => void): Outbox {
  const known = new Map<string, { order: MailOrder; standing: MailStanding | 'done' }>();
  /** Those of workflows of their own: nothing is told here of what becomes of them. */
  const handedOver = new Set<string>();
  const scope = new CancellationScope();

  const stand = (mailId: string, standing: MailStanding | 'done', deadline?: Deadline | null) => {
    const entry = known.get(mailId);
    if (entry) entry.standing = standing;
    changed(mailId, deadline);
  };
  const carry = (order: MailOrder) =>
    scope
      .run(() => deliver(order))
      .then(
        ({ deadline, trouble }) => stand(order.mailId, trouble === null ? 'done' : trouble === 'BOUNCED' ? 'bounced' : 'failed', deadline),
        // Only cancellation ends here, when the case hands its mails over.
        () => undefined,
      );
  const unsent = () => [...known.values()].filter(({ standing }) => standing === 'on its way' || standing === 'failing');

  return {
    send(orders) {
      for (const order of orders.filter(({ mailId }) => !known.has(mailId))) {
        known.set(order.mailId, { order, standing: 'on its way' });
        void carry(order);
      }
    },
    mark(mailId, standing, deadline) {
      if (known.get(mailId)) stand(mailId, standing, deadline);
    },
    standing: () =>
      [...known.values()].flatMap(({ order, standing }) =>
        standing === 'done' ? [] : [{ purpose: order.purpose, audience: order.audience, standing }],
      ),
    async handOver(orders, arrived = []) {
      const toldSoon = () => arrived.some((mailId) => !handedOver.has(mailId) && known.get(mailId)?.standing === 'on its way');
      if (toldSoon()) await condition(() => !toldSoon());
      const left = [...unsent().map(({ order }) => order), ...orders.filter(({ mailId }) => !known.has(mailId))];
      if (left.length === 0) return;
      for (const { mailId } of left) handedOver.add(mailId);
      scope.cancel();
      await Promise.all(left.map((order) => startMailOfItsOwn(order, `Mail "${order.purpose}" of a closed case, to ${order.audience}`)));
    },
  };
}
