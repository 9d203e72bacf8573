// Workers with activities of which the test says how, and when, they answer.
import { NativeConnection, Worker } from '@temporalio/worker';
import { MAIL_QUEUE, TASK_QUEUE } from '../../../contracts/search-attributes';
import { quietRuntime } from '../../../temporal/runtime';
import { WORKFLOW_BUNDLE } from '../../../temporal/workflow-bundle';
import { sharedServers } from '../../setup/servers';
import type { TestSystem } from '../../setup/system';

interface Answers extends Record<string, (...given: never[]) => Promise<unknown>> {
  sendMail(mailId: string): Promise<unknown>;
}

/** Runs today's workflows over these activities while the test does its work. */
export async function whileAnswered({ config }: TestSystem, activities: Answers, work: () => Promise<void>): Promise<void> {
  quietRuntime('error');
  const connection = await NativeConnection.connect({ address: sharedServers().temporal });
  const shared = { connection, namespace: config.temporal.namespace };
  const cases = await Worker.create({ ...shared, taskQueue: TASK_QUEUE, workflowBundle: { codePath: WORKFLOW_BUNDLE }, activities });
  const mails = await Worker.create({ ...shared, taskQueue: MAIL_QUEUE, activities: { sendMail: activities.sendMail } });
  await mails.runUntil(() => cases.runUntil(work));
  await connection.close();
}
