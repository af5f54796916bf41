import { partnerDomain, tenantDomain } from './company.ts';
import { pickFailure } from './failures.ts';
import type { FaultType, Soil } from './fault-book.ts';
import type { Person, Trouble } from './model.ts';
import { displayName, mappedValues } from './rules.ts';
import { dayMs, hourMs } from './time.ts';

/** How somebody stops being entitled, in Entra. */
type Departure = 'unassigned' | 'filtered-out' | 'disabled' | 'soft-deleted' | 'deleted';
const departures: readonly Departure[] = ['unassigned', 'filtered-out', 'disabled', 'soft-deleted', 'deleted'];

const assign = (soil: Soil, person: Person): void => soil.company.assignPerson(person, null);

/** Somebody entitled by a direct assignment alone. */
const takeAssigned = (soil: Soil): Person => {
  const person = soil.takeLone();
  assign(soil, person);
  return person;
};

const trouble = (soil: Soil, operation: Trouble['operation'], mode: Trouble['mode']): Trouble => ({
  operation,
  mode,
  failure: pickFailure(soil.random),
});

const depart = (soil: Soil, person: Person, departure: Departure, atMs: number): void => {
  const { company, agenda } = soil;
  agenda.plan(atMs, (ms) => {
    if (departure === 'unassigned') company.unassignPerson(person, ms);
    else if (departure === 'filtered-out') company.change(person, { department: 'Finance' }, ms);
    else if (departure === 'disabled') company.change(person, { enabled: false }, ms);
    else company.softDelete(person, ms, { keepsMemberships: false });
  });
  if (departure !== 'deleted') return;
  agenda.plan(atMs + 3 * hourMs, (ms) => {
    if (person.trouble) person.trouble = { ...person.trouble, operation: 'delete' };
    company.purge(person, ms);
  });
};

const marry = (soil: Soil, person: Person, atMs: number): void => {
  const { company, agenda } = soil;
  agenda.plan(atMs, (ms) => {
    const family = `${person.family}-Lund`;
    const upn = company.freeUpn(person.given, family, tenantDomain);
    company.change(person, { family, upn, mail: upn }, ms);
  });
};

/** A change that the service handles without trouble, so that the log names the account. */
const renameQuietly = (soil: Soil, person: Person, atMs: number): void => {
  soil.agenda.plan(atMs, (ms) => soil.company.change(person, { given: `${person.given} Kim` }, ms));
};

/** Something done by hand in UNIFI, some hours after `atMs` but before the present. */
const byHand = (soil: Soil, afterMs: number, run: (atMs: number) => void): number => {
  const latest = soil.nowMs - hourMs;
  const atMs = Math.floor(Math.min(latest, afterMs + soil.random.between(2, 30) * hourMs));
  soil.agenda.plan(atMs, run);
  return atMs;
};

const removeAccount = (soil: Soil, person: Person): void => {
  const account = soil.accountOf(person);
  if (account) soil.target.remove(account);
};

// ---------------------------------------------------------------------------------------- why somebody is missing

const missing: readonly FaultType[] = [
  {
    name: 'A2-soft-deleted',
    plant(soil) {
      const person = takeAssigned(soil);
      const sinceMs = soil.when(2, 20);
      depart(soil, person, 'soft-deleted', sinceMs);
      byHand(soil, sinceMs, () => removeAccount(soil, person));
      soil.add({ subject: { person }, kind: null, cause: 'A2-soft-deleted', question: 'missing', sinceMs });
    },
  },
  {
    name: 'A2-not-found',
    plant(soil) {
      const person = takeAssigned(soil);
      const sinceMs = soil.when(2, 20);
      depart(soil, person, 'deleted', sinceMs);
      soil.add({ subject: { person }, kind: null, cause: 'A2-not-found', question: 'missing', sinceMs });
    },
  },
  {
    name: 'A7',
    plant(soil) {
      const person = takeAssigned(soil);
      person.enabled = false;
      const sinceMs = person.createdMs;
      soil.add({ subject: { person }, kind: null, cause: 'A7', question: 'missing', sinceMs });
    },
  },
  {
    name: 'A8-not-assigned',
    plant(soil) {
      const person = soil.takeLone();
      const sinceMs = person.createdMs;
      soil.add({ subject: { person }, kind: null, cause: 'A8-not-assigned', question: 'never-in-scope', sinceMs });
    },
  },
  {
    name: 'A8-nested-group',
    plant(soil) {
      const person = soil.takeLone();
      const sinceMs = soil.when(3, 20);
      const group = soil.founding.structure.nested;
      soil.agenda.plan(sinceMs, (ms) => soil.company.join(person, group, ms));
      soil.add({ subject: { person }, kind: null, cause: 'A8-nested-group', question: 'missing', sinceMs });
    },
  },
  {
    name: 'A8-not-security-enabled',
    plant(soil) {
      const person = soil.takeLone();
      const sinceMs = soil.when(3, 20);
      const group = soil.founding.structure.guild;
      soil.agenda.plan(sinceMs, (ms) => soil.company.join(person, group, ms));
      const cause = 'A8-not-security-enabled';
      soil.add({ subject: { person }, kind: null, cause, question: 'missing', sinceMs });
    },
  },
  {
    name: 'A8-too-recent',
    plant(soil) {
      const person = soil.takeLone();
      const sinceMs = soil.soon();
      soil.agenda.plan(sinceMs, (ms) => soil.company.assignPerson(person, ms));
      soil.add({
        subject: { person },
        kind: 'missing-in-target',
        cause: 'A8-too-recent',
        question: 'missing',
        sinceMs,
        pending: true,
      });
    },
  },
  {
    name: 'A9',
    plant(soil) {
      const person = soil.takeFiltered();
      const sinceMs = person.createdMs;
      soil.add({ subject: { person }, kind: null, cause: 'A9', question: 'missing', sinceMs });
    },
  },
  {
    name: 'A10-missing',
    plant(soil) {
      const person = takeAssigned(soil);
      person.upn = null;
      const sinceMs = soil.when(3, 25);
      // Touched once more, so that the log shows the skip.
      soil.agenda.plan(sinceMs, (ms) => soil.company.change(person, { department: 'Design' }, ms));
      soil.add({
        subject: { person },
        kind: 'missing-match-value',
        cause: 'A10-missing',
        question: 'missing',
        sinceMs,
      });
    },
  },
  {
    name: 'A10-duplicate',
    plant(soil) {
      const { company, random } = soil;
      const sinceMs = soil.when(3, 20);
      const person = takeAssigned(soil);
      const upn = company.freeUpn(person.given, person.family, partnerDomain);
      person.upn = upn;
      person.mail = upn;
      const common = { kind: 'duplicate-match-value', sinceMs } as const;
      soil.add({ ...common, subject: { person }, cause: null, question: 'as-it-should-be' });
      soil.agenda.plan(sinceMs, (ms) => {
        const alias = upn.slice(0, upn.indexOf('@'));
        const { given, family } = person;
        const country = random.pick(['DE', 'CH']);
        const guest = company.hire(
          { given, family, country, department: null, guest: true, alias, domain: partnerDomain, createdMs: ms },
          ms,
        );
        guest.reserved = true;
        company.assignPerson(guest, ms);
        soil.add({ ...common, subject: { person: guest }, cause: 'A10-duplicate', question: 'missing' });
      });
    },
  },
  ...(['fails', 'skips', 'warns', 'silent'] as const).map((mode): FaultType => {
    const cause = { fails: 'A11-failure', skips: 'A11-skipped', warns: 'A11-warning', silent: 'A13' }[mode];
    return {
      name: `${cause}, new`,
      plant(soil) {
        const person = soil.takeLone();
        const sinceMs = soil.when(2, 22);
        person.trouble = trouble(soil, 'create', mode);
        soil.agenda.plan(sinceMs, (ms) => soil.company.assignPerson(person, ms));
        soil.add({
          subject: { person },
          kind: 'missing-in-target',
          cause,
          question: 'missing',
          sinceMs,
        });
      },
    };
  }),
  {
    name: 'A11-failure, healed',
    plant(soil) {
      const person = soil.takeLone();
      const sinceMs = soil.when(6, 25);
      person.trouble = trouble(soil, 'create', 'fails');
      soil.agenda.plan(sinceMs, (ms) => soil.company.assignPerson(person, ms));
      soil.agenda.plan(sinceMs + 20 * hourMs, () => {
        person.trouble = null;
      });
      const common = { subject: { person }, sinceMs } as const;
      soil.add({ ...common, kind: 'missing-in-target', cause: 'A11-failure', question: 'missing' });
    },
  },
  {
    name: 'A11s',
    plant(soil) {
      const person = takeAssigned(soil);
      const changedMs = soil.when(3, 25);
      renameQuietly(soil, person, changedMs);
      const sinceMs = byHand(soil, changedMs, () => removeAccount(soil, person));
      soil.add({
        subject: { person },
        kind: 'missing-in-target',
        cause: 'A11s',
        question: 'missing',
        sinceMs,
      });
    },
  },
  {
    name: 'A12-wait, new',
    plant(soil) {
      const person = takeAssigned(soil);
      person.enabled = false;
      const sinceMs = soil.soon();
      soil.agenda.plan(sinceMs, (ms) => soil.company.change(person, { enabled: true }, ms));
      soil.add({
        subject: { person },
        kind: 'missing-in-target',
        cause: 'A12-wait',
        question: 'missing',
        sinceMs,
        pending: true,
      });
    },
  },
  {
    name: 'A12-gap',
    isPossible: (soil) => soil.hasUnloggedPast,
    plant(soil) {
      const person = takeAssigned(soil);
      const sinceMs = soil.unloggedMoment();
      soil.agenda.plan(sinceMs, () => removeAccount(soil, person));
      soil.add({
        subject: { person },
        kind: 'missing-in-target',
        cause: 'A12-gap',
        question: 'missing',
        sinceMs,
      });
    },
  },
];

// --------------------------------------------------------------------------------------- why an account is inactive

const inactive: readonly FaultType[] = [
  {
    name: 'I1',
    plant(soil) {
      const person = takeAssigned(soil);
      const changedMs = soil.when(2, 25);
      renameQuietly(soil, person, changedMs);
      const sinceMs = byHand(soil, changedMs, (ms) => {
        const account = soil.accountOf(person);
        if (account) soil.target.update(account, { active: false }, ms);
      });
      soil.add({
        subject: { person },
        kind: 'inactive-in-target',
        cause: 'I1',
        question: 'inactive',
        sinceMs,
      });
    },
  },
  {
    name: 'A11-failure, back',
    plant(soil) {
      const person = takeAssigned(soil);
      const leftMs = soil.when(3, 25);
      depart(soil, person, 'disabled', leftMs);
      const sinceMs = Math.min(leftMs + 30 * hourMs, soil.nowMs - 3 * hourMs);
      soil.agenda.plan(sinceMs, (ms) => {
        person.trouble = trouble(soil, 'update', 'fails');
        soil.company.change(person, { enabled: true }, ms);
      });
      soil.add({
        subject: { person },
        kind: 'inactive-in-target',
        cause: 'A11-failure',
        question: 'inactive',
        sinceMs,
      });
    },
  },
  {
    name: 'A12-wait, back',
    plant(soil) {
      const person = takeAssigned(soil);
      depart(soil, person, 'disabled', soil.when(2, 20));
      const sinceMs = soil.soon();
      soil.agenda.plan(sinceMs, (ms) => soil.company.change(person, { enabled: true }, ms));
      soil.add({
        subject: { person },
        kind: 'inactive-in-target',
        cause: 'A12-wait',
        question: 'inactive',
        sinceMs,
        pending: true,
      });
    },
  },
];

// ------------------------------------------------------------------------------------- why somebody is still active

const kindOf = (departure: Departure): 'active-not-entitled' | 'active-source-gone' =>
  departure === 'unassigned' || departure === 'filtered-out' ? 'active-not-entitled' : 'active-source-gone';

const stillActive: readonly FaultType[] = [
  ...departures.flatMap((departure): FaultType[] => [
    ...(['fails', 'ignored', 'silent'] as const).map((mode): FaultType => {
      const cause = { fails: 'B10-failure', ignored: 'B10-ignored', silent: 'B15' }[mode];
      return {
        name: `${cause}, ${departure}`,
        plant(soil) {
          const person = takeAssigned(soil);
          const sinceMs = soil.when(2, 22);
          // A success before it, so that the log proves the link.
          renameQuietly(soil, person, Math.max(sinceMs - 30 * hourMs, soil.nowMs - 29 * dayMs, soil.lifeFromMs));
          person.trouble = trouble(soil, 'disable', mode);
          depart(soil, person, departure, sinceMs);
          soil.add({
            subject: { person },
            kind: kindOf(departure),
            cause,
            question: 'still-active',
            sinceMs,
          });
        },
      };
    }),
    {
      name: `B11, ${departure}`,
      isPossible: () => departure !== 'deleted',
      plant(soil) {
        const person = takeAssigned(soil);
        const leftMs = soil.when(2, 22);
        depart(soil, person, departure, leftMs);
        const sinceMs = byHand(soil, leftMs, (ms) => {
          const account = soil.accountOf(person);
          if (account) soil.target.update(account, { active: true }, ms);
        });
        soil.add({
          subject: { person },
          kind: kindOf(departure),
          cause: 'B11',
          question: 'still-active',
          sinceMs,
        });
      },
    },
    {
      name: `B13, ${departure}`,
      isPossible: () => departure !== 'deleted',
      plant(soil) {
        const person = takeAssigned(soil);
        const sinceMs = soil.soon();
        depart(soil, person, departure, sinceMs);
        soil.add({
          subject: { person },
          kind: kindOf(departure),
          cause: 'B13',
          question: 'still-active',
          sinceMs,
          pending: true,
        });
      },
    },
  ]),
  ...(['not-assigned', 'filtered-out', 'disabled'] as const).map((reason): FaultType => ({
    name: `B8, ${reason}`,
    plant(soil) {
      const person = reason === 'not-assigned' ? soil.takeOutsider() : soil.takeFiltered();
      if (reason === 'disabled') person.enabled = false;
      const sinceMs = soil.when(1, 28);
      soil.agenda.plan(sinceMs, (ms) => {
        soil.target.create({ ...mappedValues(person), externalId: null }, ms);
      });
      soil.add({
        subject: { person },
        kind: reason === 'disabled' ? 'active-source-gone' : 'active-not-entitled',
        cause: 'B8',
        question: 'still-active',
        sinceMs,
      });
    },
  })),
  {
    name: 'B2',
    plant(soil) {
      const { random, target, agenda } = soil;
      const sinceMs = soil.when(1, 40);
      const number = String(random.below(9000) + 1000);
      const isPerson = random.isTrue(0.5);
      agenda.plan(sinceMs, (ms) => {
        const account = target.create(
          {
            userName: isPerson ? `extern.${number}@baupartner.example` : `service-${number}@${tenantDomain}`,
            'name.givenName': isPerson ? 'Extern' : 'Service',
            'name.familyName': number,
            displayName: isPerson ? `Extern ${number}` : `Service ${number}`,
            externalId: isPerson ? `SN-9${number}` : null,
          },
          ms,
        );
        soil.add({
          subject: { account },
          kind: 'orphan-in-target',
          cause: 'B2',
          question: 'still-active',
          sinceMs,
        });
      });
    },
  },
];

// ------------------------------------------------------------------- accounts that are there, and not as they should

const wrong: readonly FaultType[] = [
  ...(['userName', 'name.familyName', 'displayName', 'externalId', 'name.givenName'] as const).map(
    (attribute): FaultType => ({
      name: `drift by hand, ${attribute}`,
      plant(soil) {
        const person = soil.takeInScope();
        const sinceMs = soil.when(1, 28);
        soil.agenda.plan(sinceMs, (ms) => {
          const account = soil.accountOf(person);
          if (!account) return;
          const value =
            attribute === 'userName'
              ? `old.${account.userName}`
              : attribute === 'externalId'
                ? `X-${String(person.index)}`
                : `${displayName(person)} (extern)`;
          soil.target.update(account, { [attribute]: value }, ms);
        });
        soil.add({
          subject: { person },
          kind: 'attribute-drift',
          cause: null,
          question: 'as-it-should-be',
          sinceMs,
        });
      },
    }),
  ),
  ...(['userName', 'name.familyName', 'externalId'] as const).map((attribute): FaultType => ({
    name: `drift in case, ${attribute}`,
    plant(soil) {
      const person = soil.takeInScope();
      const sinceMs = soil.when(1, 28);
      soil.agenda.plan(sinceMs, (ms) => {
        const account = soil.accountOf(person);
        if (!account) return;
        const value =
          attribute === 'userName'
            ? account.userName
            : attribute === 'externalId'
              ? account.externalId
              : account.family;
        const other = attribute === 'externalId' ? (value ?? '').toLowerCase() : (value ?? '').toUpperCase();
        soil.target.update(account, { [attribute]: other }, ms);
      });
      soil.add({
        subject: { person },
        kind: 'attribute-drift',
        cause: null,
        question: 'as-it-should-be',
        sinceMs,
      });
    },
  })),
  {
    name: 'drift, source emptied',
    plant(soil) {
      const person = soil.takeInScope();
      const sinceMs = soil.when(1, 25);
      soil.agenda.plan(sinceMs, (ms) => soil.company.change(person, { employeeId: null }, ms));
      soil.add({
        subject: { person },
        kind: 'attribute-drift',
        cause: null,
        question: 'as-it-should-be',
        sinceMs,
      });
    },
  },
  ...(['fails', 'ignored'] as const).map((mode): FaultType => ({
    name: `drift, update ${mode}`,
    plant(soil) {
      const person = soil.takeInScope();
      const sinceMs = soil.when(2, 22);
      person.trouble = trouble(soil, 'update', mode);
      marry(soil, person, sinceMs);
      soil.add({
        subject: { person },
        kind: 'attribute-drift',
        cause: null,
        question: 'as-it-should-be',
        sinceMs,
      });
    },
  })),
  {
    name: 'drift, just changed',
    plant(soil) {
      const person = soil.takeInScope();
      const sinceMs = soil.soon();
      marry(soil, person, sinceMs);
      soil.add({
        subject: { person },
        kind: 'attribute-drift',
        cause: null,
        question: 'as-it-should-be',
        sinceMs,
        pending: true,
      });
    },
  },
  {
    name: 'duplicate account',
    plant(soil) {
      const person = soil.takeInScope();
      const sinceMs = soil.when(1, 28);
      soil.agenda.plan(sinceMs, (ms) => {
        const values = mappedValues(person);
        soil.target.create({ ...values, userName: `second.${values.userName ?? ''}` }, ms);
      });
      soil.add({
        subject: { person },
        kind: 'duplicate-in-target',
        cause: 'B1',
        question: 'still-active',
        sinceMs,
      });
    },
  },
  {
    name: 'stale link',
    plant(soil) {
      const person = takeAssigned(soil);
      const changedMs = soil.when(3, 25);
      renameQuietly(soil, person, changedMs);
      const sinceMs = byHand(soil, changedMs, (ms) => {
        removeAccount(soil, person);
        soil.target.create(mappedValues(person), ms);
      });
      soil.add({
        subject: { person },
        kind: 'stale-link',
        cause: null,
        question: 'as-it-should-be',
        sinceMs,
      });
    },
  },
];

/** Every way in which a person or an account can be wrong. Trees A and B of provisioning-semantics.md. */
export const userFaults: readonly FaultType[] = [...missing, ...inactive, ...stillActive, ...wrong];
