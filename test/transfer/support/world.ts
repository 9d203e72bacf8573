// What tests of transfers begin with: a system, its offices, a school that asks and one of another district that has people.
import { ACCOUNTS } from '../../setup/directory';
import { signIn } from '../../setup/people';
import { startSystem, type TestSystem } from '../../setup/system';
import { type Administrator, type Schools, schoolsOf } from './schools';

export interface TransferWorld {
  system: TestSystem;
  schools: Schools;
  /** Of the holding school's district. */
  approver: { Cookie: string };
  /** Of the asking school's. */
  otherApprover: { Cookie: string };
  central: { Cookie: string };
  asking: Administrator;
  holding: Administrator;
}

/** Starts the system, with contacts of the districts that no other test file uses. @param settings of the environment */
export async function openTransferWorld(settings: Record<string, string> = {}): Promise<TransferWorld> {
  const system = await startSystem(settings);
  const schools = schoolsOf(system);
  await schools.ownContacts();
  const { url } = system;
  return {
    system,
    schools,
    approver: await signIn(url, ACCOUNTS.approver),
    otherApprover: await signIn(url, ACCOUNTS.otherApprover),
    central: await signIn(url, ACCOUNTS.central),
    asking: await schools.askingSchool(),
    holding: await schools.holdingSchool(),
  };
}
