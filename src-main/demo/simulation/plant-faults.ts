import type { Fault, FaultType, Soil } from './fault-book.ts';
import { groupFaults } from './group-faults.ts';
import { userFaults } from './user-faults.ts';

/** People that one fault takes at most. */
const mostPeople = 3;

/** Names of all fault types, in the order in which they are planted. */
export const faultTypes: readonly FaultType[] = [...userFaults, ...groupFaults];

/**
 * Plants about `share` x people faults: every type once, then again in turn, as long as there are people.
 */
export const plantFaults = (
  soil: Soil,
  options: { people: number; share: number; add(fault: Fault & { type: string }): void },
): void => {
  if (options.share <= 0) return;
  const possible = faultTypes.filter((type) => type.isPossible?.(soil) ?? true);
  const wanted = Math.max(possible.length, Math.round(options.people * options.share));
  for (let number = 0; number < wanted && soil.freePeople() >= mostPeople; number += 1) {
    const type = possible[number % possible.length] as FaultType;
    type.plant({ ...soil, add: (fault) => options.add({ ...fault, type: type.name }) });
  }
};
