import type { Command } from 'commander';
import type { DoctorOptions } from '../commands/doctor.ts';
import { create } from './parts.ts';

const doctor = (): Command =>
  create(
    'doctor',
    'Check the set-up step by step as the UNIFI article describes it: right, wrong or not checkable, and what to do.',
    'unifi-monitor doctor --connection contoso',
  )
    .option('--offline', 'look at what is stored, without the network')
    .option('--profile <file>', 'target profile of another SCIM application (docs/target-profile.md)')
    .option('--fail-on-wrong', 'exit with 1 when a step is wrong')
    .action(async (options: DoctorOptions) => (await import('../commands/doctor.ts')).doctor(options));

/** Commands, in the order of the help. */
export const setUpCommands = [doctor];
