import type { Command } from 'commander';
import type { DemoCommandOptions } from '../commands/demo.ts';
import type { ServeOptions } from '../commands/serve.ts';
import { create, moment, share, whole } from './parts.ts';

const demo = (): Command =>
  create(
    'demo',
    'Run the whole job on the embedded demo tenant and open the window.',
    'unifi-monitor demo --no-serve --seed 3',
  )
    .option('--people <n>', 'people in the company', whole('--people', 20, 200_000), 400)
    .option('--days <n>', 'days of history', whole('--days', 1, 400), 45)
    .option('--seed <n>', 'another seed is another company', whole('--seed', 0, 2 ** 31), 7)
    .option('--now <time>', 'the fixed present moment of the simulation', moment)
    .option('--fault-rate <share>', 'share of people that get an injected fault', share)
    .option('--scenario <name>', 'a world in which the whole job has one trouble')
    .option('--truth <file>', 'write the injected faults to this file')
    .option('--port <n>', 'port of the window (else any free one)', whole('--port', 0, 65_535))
    .option('--tenant-only', 'only start the tenant, print how to reach it, and run until Ctrl-C')
    .option('--no-serve', 'end after the report instead of opening the window')
    .action(async (options: DemoCommandOptions) => (await import('../commands/demo.ts')).demo(options));

const serve = (): Command =>
  create('serve', 'Serve the window on loopback and print its address.', 'unifi-monitor serve --open')
    .option('--port <n>', 'port (else any free one)', whole('--port', 0, 65_535))
    .option('--open', "open the address in the system's browser")
    .action(async (options: ServeOptions) => (await import('../commands/serve.ts')).serve(options));

/** Commands, in the order of the help. */
export const applicationCommands = [demo, serve];
