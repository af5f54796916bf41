import { findingKinds } from '../../src-main/contract/models/finding.ts';
import { startDemoTenant } from '../../src-main/demo/start-tenant.ts';
import { compareWithTruth } from '../support/agreement.ts';
import { openDemoCollection } from '../support/collect-demo.ts';

/*
 * Recall and precision of the cross-check on the demo tenant: seeds 1, 2 and 3 with 5,000 people each, over the real
 * protocols. The tests do the same with fewer people.
 */
const scale = Number(process.env['BENCH_SCALE'] ?? '1');
const people = Math.max(400, Math.round(5000 * scale));
const figures: { name: string; value: number; unit: string; target: string; met: boolean }[] = [];

for (const seed of [1, 2, 3]) {
  process.stderr.write(`agreement: seed ${seed}, ${people} people\n`);
  const tenant = await startDemoTenant({ people, seed, now: '2026-11-23T09:00:00Z', throttling: false });
  const collection = await openDemoCollection({ tenant });
  try {
    await collection.collect();
    const check = await collection.crossCheck();
    const { missed, unexplained, injected, found } = compareWithTruth(check.findings, await tenant.truth());
    for (const entry of missed.slice(0, 20)) process.stderr.write(`missed ${JSON.stringify(entry)}\n`);
    for (const finding of unexplained.slice(0, 20)) process.stderr.write(`unexplained ${JSON.stringify(finding)}\n`);
    const kinds = new Set(check.findings.map((finding) => finding.kind)).size;
    const percent = (part: number, whole: number): number =>
      whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100;
    const add = (name: string, value: number, unit: string, target: string, met: boolean): void =>
      void figures.push({ name: `seed ${seed}: ${name}`, value, unit, target, met });
    add('injected faults with a finding kind', injected, 'faults', 'more than 0', injected > 0);
    add('kinds found', kinds, 'kinds', `${findingKinds.length}`, kinds === findingKinds.length);
    add('recall', percent(injected - missed.length, injected), '%', '100', missed.length === 0 && injected > 0);
    add('precision', percent(found - unexplained.length, found), '%', '100', unexplained.length === 0);
  } finally {
    await collection.close();
    await tenant.close();
  }
}
process.stdout.write(`${JSON.stringify({ name: 'agreement', figures })}\n`);
