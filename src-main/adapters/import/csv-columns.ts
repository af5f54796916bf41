/**
 * Headings of the portal's three CSV files by what they mean (docs/import.md). Microsoft documents the files and the
 * change id that joins them, not their headings, so that each is known under several names; case, blanks and punctuation
 * do not matter.
 */
export const csvHeadings = {
  log: {
    id: ['id', 'activityid', 'logid'],
    changeId: ['changeid'],
    at: ['activitydatetime', 'dateutc', 'date', 'datetime', 'activitydate', 'activitydatetimeutc'],
    action: ['provisioningaction', 'action', 'activity'],
    status: ['status', 'provisioningstatus', 'provisioningstatusinfostatus', 'statusinfostatus', 'result'],
    tenantId: ['tenantid'],
    jobId: ['jobid'],
    cycleId: ['cycleid'],
    durationMs: ['durationinmilliseconds', 'durationms', 'duration'],
    initiatedBy: ['initiatedby', 'initiatedbydisplayname', 'initiatedbyname'],
    servicePrincipalId: ['serviceprincipalid'],
    servicePrincipal: ['serviceprincipal', 'serviceprincipalname', 'serviceprincipaldisplayname', 'application'],
    errorCode: ['errorcode', 'statuserrorcode', 'provisioningstatusinfoerrorinformationerrorcode'],
    reason: ['reason', 'errorreason', 'statusreason', 'provisioningstatusinfoerrorinformationreason'],
    details: ['additionaldetails', 'errordetails', 'provisioningstatusinfoerrorinformationadditionaldetails'],
    recommended: ['recommendedaction', 'provisioningstatusinfoerrorinformationrecommendedaction'],
    sourceId: ['sourceid', 'sourceidentityid'],
    sourceName: [
      'sourcedisplayname',
      'sourceidentitydisplayname',
      'sourceidentity',
      'sourceidentityname',
      'sourcename',
    ],
    sourceType: ['sourceidentitytype', 'sourceidentityidentitytype', 'identitytype'],
    sourceUpn: ['sourceuserprincipalname', 'userprincipalname', 'sourceidentityuserprincipalname'],
    targetId: ['targetid', 'targetidentityid'],
    targetName: [
      'targetdisplayname',
      'targetidentitydisplayname',
      'targetidentity',
      'targetidentityname',
      'targetname',
    ],
    targetType: ['targetidentitytype', 'targetidentityidentitytype'],
    sourceSystem: ['sourcesystem', 'sourcesystemdisplayname', 'sourcesystemname'],
    targetSystem: ['targetsystem', 'targetsystemdisplayname', 'targetsystemname'],
  },
  steps: {
    changeId: ['changeid'],
    name: ['name', 'stepname', 'provisioningstepname', 'provisioningstepsname'],
    type: ['provisioningsteptype', 'steptype', 'type', 'provisioningstepsprovisioningsteptype'],
    status: ['status', 'stepstatus', 'provisioningstepsstatus'],
    description: ['description', 'stepdescription', 'provisioningstepsdescription'],
    details: ['details', 'stepdetails', 'provisioningstepsdetails'],
  },
  changes: {
    changeId: ['changeid'],
    name: ['displayname', 'propertyname', 'property', 'name', 'attribute', 'modifiedpropertiesdisplayname'],
    oldValue: ['oldvalue', 'modifiedpropertiesoldvalue'],
    newValue: ['newvalue', 'modifiedpropertiesnewvalue'],
  },
} as const;

export type CsvKind = keyof typeof csvHeadings;

/** Fields without which a file is not that kind of file. */
export const neededFields: Record<CsvKind, readonly string[]> = {
  log: ['at', 'action', 'status', 'changeId'],
  steps: ['changeId', 'type', 'status'],
  changes: ['changeId', 'name', 'oldValue', 'newValue'],
};

const plain = (heading: string): string => heading.toLowerCase().replace(/[^a-z0-9]/gu, '');

/** Where each field stands; fields that a file does not have are left out. */
const placesOf = (kind: CsvKind, headings: readonly string[]): Map<string, number> => {
  const found = headings.map(plain);
  return new Map(
    Object.entries(csvHeadings[kind] as Record<string, readonly string[]>).flatMap(([field, known]) => {
      const name = known.find((one) => found.includes(one));
      return name === undefined ? [] : [[field, found.indexOf(name)] as const];
    }),
  );
};

const missingOf = (kind: CsvKind, places: Map<string, number>): string[] =>
  neededFields[kind].filter((field) => !places.has(field));

/**
 * Which of the three files has these headings, and where its fields stand; else which fields are missing from the one
 * that it is most like.
 */
export const recogniseCsv = (
  headings: readonly string[],
): { kind: CsvKind; places: Map<string, number> } | { missing: string[] } => {
  const kinds = (['changes', 'steps', 'log'] as const).map((kind) => {
    const places = placesOf(kind, headings);
    return { kind, places, missing: missingOf(kind, places) };
  });
  // The main file has a time; the others are told apart by what only they have.
  const whole = kinds.filter(({ missing }) => missing.length === 0);
  const log = whole.find(({ kind }) => kind === 'log');
  const [first] = whole;
  if (log ?? first) return log ?? (first as (typeof kinds)[number]);
  const closest = kinds.toSorted((a, b) => b.places.size - a.places.size)[0];
  return { missing: closest?.missing ?? [] };
};
