import { addStaff } from './add-staff';
import { changeStaff } from './change-staff';
import type { CommandDependencies } from './dependencies';
import { erasePerson } from './erase-person';
import { findPerson } from './find-person';
import { lookUpStaff } from './look-up-staff';
import { removeStaff } from './remove-staff';
import { checkRoster, stateHeadcount } from './roster-checks';
import type { RosterCommands } from './roster-commands';
import { takeSheet } from './take-sheet';

/** What people can ask about rosters and the people on them. */
export function createRosterCommands(dependencies: CommandDependencies): RosterCommands {
  return {
    lookUpStaff: lookUpStaff(dependencies),
    addStaff: addStaff(dependencies),
    changeStaff: changeStaff(dependencies),
    removeStaff: removeStaff(dependencies),
    stateHeadcount: stateHeadcount(dependencies),
    checkRoster: checkRoster(dependencies),
    takeSheet: takeSheet(dependencies),
    findPerson: findPerson(dependencies),
    erasePerson: erasePerson(dependencies),
  };
}
