import type { Finding, FindingReason } from '../../../contract/models/finding.ts';
import type { JobState } from '../../../contract/models/job-status.ts';
import { one, type ReportWords } from './report-words.ts';

const goneReasons: Partial<Record<FindingReason, string>> = {
  disabled: 'ist in Entra deaktiviert',
  'soft-deleted': 'wurde in Entra gelöscht',
  deleted: 'gibt es in Entra nicht mehr',
};

const advice = (finding: Finding): string => {
  if (finding.state === 'pending') {
    return 'Abwarten: Entra hatte noch nicht die Zeit, diese Änderung zu übertragen. Später erneut prüfen.';
  }
  const { name } = finding.subject;
  const member = finding.member?.name ?? 'Das Mitglied';
  const attribute = finding.attribute ?? 'ein Attribut';
  switch (finding.kind) {
    case 'missing-in-target':
      return `${name} soll ein Konto in UNIFI haben und hat keines: die neueste Zeile zu dieser Person im Bereitstellungsprotokoll lesen, deren Ursache beheben und die Person dann bei Bedarf bereitstellen.`;
    case 'inactive-in-target':
      return `${name} soll in UNIFI arbeiten können, doch das Konto ist dort ausgeschaltet: in UNIFI aktivieren lassen oder die Bereitstellung neu starten, damit Entra es tut.`;
    case 'active-not-entitled':
      return finding.reason === 'filtered-out'
        ? `${name} erfüllt den Bereichsfilter nicht, kann UNIFI aber noch nutzen: die Attribute berichtigen, nach denen der Filter fragt, oder das Konto in UNIFI deaktivieren lassen.`
        : `${name} ist UNIFI in Entra nicht zugewiesen, kann es aber noch nutzen: die Person zuweisen oder das Konto in UNIFI deaktivieren lassen.`;
    case 'active-source-gone':
      return `${name} ${goneReasons[finding.reason ?? 'deleted'] ?? goneReasons.deleted ?? ''}, kann UNIFI aber noch nutzen: das Konto in UNIFI deaktivieren lassen und in den Zeilen der Person im Bereitstellungsprotokoll nachlesen, warum Entra es nicht getan hat.`;
    case 'orphan-in-target':
      return `Das Konto ${name} gehört zu niemandem in Entra: in UNIFI fragen, wer es nutzt, und es deaktivieren lassen, wenn niemand es braucht.`;
    case 'attribute-drift':
      return finding.difference === 'source-empty'
        ? `${name} hat in UNIFI einen Wert für ${attribute}, in Entra aber keinen: in Entra ausfüllen oder in UNIFI von Hand entfernen lassen, denn Entra sendet nie einen leeren Wert.`
        : `${attribute} von ${name} in Entra berichtigen, wenn UNIFI recht hat; sonst die Person bei Bedarf bereitstellen, damit Entra seinen Wert erneut schreibt.`;
    case 'duplicate-in-target':
      return `${name} hat in UNIFI mehr als ${finding.subject.type === 'group' ? 'eine Gruppe' : 'ein aktives Konto'}: den Eintrag behalten, den Entra verwaltet, und die anderen dort entfernen lassen.`;
    case 'duplicate-match-value':
      return `${name} teilt den Wert, nach dem UNIFI sucht, mit anderen: jedem in Entra einen eigenen Wert geben.`;
    case 'missing-match-value':
      return `${name} fehlt der Wert, nach dem in UNIFI gesucht wird: in Entra ausfüllen.`;
    case 'stale-link':
      return `Entra zeigt noch auf ein Konto von ${name}, das nicht mehr das richtige ist: die Bereitstellung mit vollem Abgleich neu starten, damit sie das heutige Konto findet.`;
    case 'group-missing-in-target':
      return `Die Gruppe ${name} soll in UNIFI sein und ist es nicht: die neueste Zeile zu ihr im Bereitstellungsprotokoll lesen und deren Ursache beheben.`;
    case 'group-orphan-in-target':
      return `Hinter der Gruppe ${name} in UNIFI steht keine zugewiesene Gruppe in Entra: ihre Gruppe zuweisen oder sie in UNIFI entfernen lassen, wenn niemand sie braucht.`;
    case 'member-missing':
      return `${member} ist in Entra Mitglied von ${name}, in UNIFI aber nicht: das Mitglied in Entra entfernen und wieder aufnehmen oder die Bereitstellung neu starten.`;
    case 'member-extra':
      return `${member} ist in UNIFI Mitglied von ${name}, in Entra aber nicht: das Mitglied in UNIFI entfernen lassen oder in Entra aufnehmen, wenn es dazugehören soll.`;
  }
};

const jobSentences: Record<JobState, string> = {
  quarantined: 'In Quarantäne: Entra hat die Bereitstellung angehalten, weil zu viele Aufrufe scheiterten.',
  disabled: 'In Entra ausgeschaltet: es wird nichts bereitgestellt.',
  paused: 'Angehalten: es wird nichts bereitgestellt, bis jemand den Auftrag wieder startet.',
  failing: 'Der letzte Zyklus ist als Ganzes gescheitert.',
  'never-run': 'Noch nie gelaufen.',
  initial: 'Im Anfangszyklus: bis zu dessen Ende fehlen noch Personen.',
  silent: 'Still: weder Zyklen noch Zeilen im Protokoll, obwohl welche fällig wären.',
  late: 'Verspätet: der letzte Zyklus liegt länger zurück, als er sollte.',
  escrows: 'Läuft, doch einzelne Einträge sind gescheitert und warten auf einen weiteren Versuch.',
  'healthy-quiet': 'In Ordnung und ruhig: die Zyklen laufen, es gab nichts zu tun.',
  healthy: 'In Ordnung: die Zyklen laufen.',
  unknown: 'Unbekannt: der Auftrag wurde nicht oder vor zu langer Zeit gelesen.',
};

/** Everything that a report says by itself, in German. */
export const germanWords: ReportWords = {
  language: 'de',
  locale: 'de-DE',
  kinds: {
    health: {
      title: 'Zustandsübersicht',
      description: 'Eine Seite für Führungskräfte: Zustand der Bereitstellung, Verlauf, häufigste Probleme, Maßnahmen.',
    },
    reconciliation: {
      title: 'Abgleich',
      description: 'Jeder Unterschied zwischen Entra und UNIFI, mit Maßnahme und Belegen.',
    },
    people: {
      title: 'Personen',
      description: 'Eine Zeile je Person: beide Seiten, Zustand, Befunde und das Urteil, wo etwas nicht stimmt.',
    },
    log: {
      title: 'Bereitstellungsprotokoll',
      description: 'Die Zeilen des Bereitstellungsprotokolls, jede mit ihren Schritten und geänderten Eigenschaften.',
    },
    evidence: {
      title: 'Nachweis',
      description:
        'Eine Person oder ein Befund mit allem, was bekannt ist: Urteil, Weg, beide Seiten, Verlauf, Protokoll.',
    },
    leavers: {
      title: 'Ausgeschiedene',
      description: 'Personen, die in Entra deaktiviert oder gelöscht wurden, und ob sie UNIFI noch nutzen können.',
    },
    difference: {
      title: 'Unterschied',
      description: 'Was sich zwischen zwei Abrufen änderte: Personen, Konten, Gruppen, Befunde und Einstellungen.',
    },
    setup: {
      title: 'Einrichtungsprüfung',
      description: 'Jede Regel für eine gute Einrichtung der Bereitstellung, mit Ergebnis und Maßnahme.',
    },
  },
  englishParts: {
    health: 'Auf Englisch: Erläuterungen der Fehlercodes, Abhilfen dazu, Meldungen der Quellen.',
    reconciliation: 'Auf Englisch: Belege, Gründe für nicht Abgeglichenes, Meldungen der Quellen.',
    people: 'Auf Englisch: Urteile, Meldungen der Quellen.',
    log: 'Auf Englisch: Texte des Dienstes, Erläuterungen der Fehlercodes, Meldungen der Quellen.',
    evidence: 'Auf Englisch: Urteil, Prüfweg, Verlauf, Belege, Texte des Dienstes, Meldungen der Quellen.',
    leavers: 'Auf Englisch: Meldungen der Quellen.',
    difference: 'Auf Englisch: Sätze über Einrichtung, Auftrag und Stände, Meldungen der Quellen.',
    setup: 'Auf Englisch: Befunde, Abhilfen, Belege, Meldungen der Quellen.',
  },
  columns: {
    kind: 'Art',
    state: 'Status',
    severity: 'Schwere',
    type: 'Typ',
    name: 'Name',
    entraId: 'Entra-ID',
    scimId: 'UNIFI-ID',
    member: 'Mitglied',
    memberEntraId: 'Entra-ID des Mitglieds',
    memberScimId: 'UNIFI-ID des Mitglieds',
    attribute: 'Attribut',
    difference: 'Unterschied',
    reason: 'Grund',
    expected: 'Entra sagt',
    actual: 'UNIFI hat',
    related: 'Auch betroffen',
    changedAt: 'In Entra geändert',
    expectedBy: 'Erwartet bis',
    firstSeen: 'Zuerst gesehen',
    lastSeen: 'Zuletzt gesehen',
    openedAt: 'Eröffnet',
    resolvedAt: 'Behoben am',
    verified: 'Bestätigt',
    assumed: 'Angenommen',
    advice: 'Maßnahme',
    evidence: 'Belege',
    findingId: 'Befund-ID',
    open: 'Offen',
    pending: 'Abwartend',
    resolved: 'Behoben',
    source: 'Quelle',
    count: 'Anzahl',
    upn: 'Benutzerprinzipalname',
    mail: 'E-Mail',
    displayName: 'Anzeigename in Entra',
    enabled: 'In Entra aktiviert',
    createdAt: 'In Entra angelegt',
    deletedAt: 'In Entra gelöscht',
    sourceState: 'Zustand in Entra',
    targetState: 'Zustand in UNIFI',
    joinedBy: 'Verbunden über',
    userName: 'Benutzername in UNIFI',
    externalId: 'Externe ID in UNIFI',
    active: 'In UNIFI aktiv',
    scimDisplayName: 'Anzeigename in UNIFI',
    scimCreatedAt: 'In UNIFI angelegt',
    scimModifiedAt: 'In UNIFI geändert',
    findings: 'Befunde',
    verdict: 'Urteil',
    actor: 'Wer handelt',
    certainty: 'Gewissheit',
    at: 'Zeitpunkt',
    action: 'Aktion',
    status: 'Ergebnis',
    benign: 'Ohne Handlungsbedarf',
    errorCode: 'Fehlercode',
    errorDetails: 'Fehlerdetails',
    recommendedAction: 'Rat des Dienstes',
    meaning: 'Bedeutung',
    remedy: 'Abhilfe',
    durationMs: 'Dauer (ms)',
    initiatedBy: 'Ausgelöst von',
    sourceSystem: 'Quellsystem',
    targetSystem: 'Zielsystem',
    cycleId: 'Zyklus-ID',
    changeId: 'Änderungs-ID',
    jobId: 'Auftrags-ID',
    steps: 'Schritte',
    causeStep: 'Gescheiterter Schritt',
    changes: 'Geänderte Eigenschaften',
    logId: 'ID der Protokollzeile',
    body: 'Zeile wie empfangen',
    leftAt: 'Ausgeschieden',
    stillActive: 'Kann UNIFI noch nutzen',
    daysActive: 'Tage mit Zugang seither',
    lastWrite: 'Letzte Protokollzeile',
    rule: 'Regel',
    question: 'Frage',
    outcome: 'Ergebnis',
    agreement: 'Übereinstimmung',
    note: 'Anmerkung',
    event: 'Ereignis',
    items: 'Gelesene Einträge',
    lastCompleteAt: 'Zuletzt vollständig',
    trouble: 'Störung',
    code: 'Code',
    rows: 'Zeilen',
    step: 'Schritt',
    what: 'Was',
    before: 'Vorher',
    after: 'Nachher',
    from: 'Von',
    to: 'Bis',
    objectId: 'ID',
  },
  sections: {
    summary: 'Zusammenfassung',
    byKind: 'Befunde nach Art',
    findings: 'Befunde',
    notEvaluated: 'Nicht ausgewertet',
    sources: 'Woher die Angaben stammen',
    people: 'Personen',
    log: 'Bereitstellungsprotokoll',
    leavers: 'Ausgeschiedene',
    job: 'Bereitstellungsauftrag',
    figures: 'Kennzahlen',
    trend: 'Ergebnisse im Protokoll nach Tagen',
    topIssues: 'Häufigste Probleme im Protokoll',
    toDo: 'Maßnahmen',
    verdict: 'Urteil',
    steps: 'Maßnahmen',
    sides: 'Beide Seiten',
    attributes: 'Attribute',
    path: 'Was geprüft wurde',
    timeline: 'Verlauf',
    logRows: 'Zeilen des Bereitstellungsprotokolls',
    unknown: 'Was nicht gelesen werden konnte',
    finding: 'Befund',
    gaps: 'Lücken im Protokoll',
    about: 'Über diesen Bericht',
    longTexts: 'Lange Texte',
    states: 'Zwischen welchen Ständen',
    differences: 'Unterschiede',
    setUpChanges: 'Änderungen der Einrichtung',
    checks: 'Prüfungen',
    changesByKind: 'Änderungen nach Art',
  },
  findingKinds: {
    'missing-in-target': 'Personen ohne Konto in UNIFI',
    'inactive-in-target': 'Personen mit inaktivem Konto in UNIFI',
    'active-not-entitled': 'Aktive Konten von Personen ohne Berechtigung',
    'active-source-gone': 'Aktive Konten von Ausgeschiedenen',
    'orphan-in-target': 'Konten in UNIFI, die zu niemandem in Entra gehören',
    'attribute-drift': 'Konten mit abweichenden Werten',
    'duplicate-in-target': 'Personen oder Gruppen mit mehreren Einträgen in UNIFI',
    'duplicate-match-value': 'Personen oder Gruppen mit demselben Abgleichwert',
    'missing-match-value': 'Personen oder Gruppen ohne Abgleichwert',
    'stale-link': 'Verknüpfungen mit einem Konto, das fehlt oder jemand anderem gehört',
    'group-missing-in-target': 'In UNIFI fehlende Gruppen',
    'group-orphan-in-target': 'Gruppen in UNIFI ohne Gruppe in Entra',
    'member-missing': 'In Gruppen von UNIFI fehlende Mitglieder',
    'member-extra': 'Mitglieder von Gruppen in UNIFI, die dort nicht hingehören',
  },
  kindAdvice: {
    'missing-in-target':
      'Die neueste Protokollzeile jeder Person lesen, deren Ursache beheben und bei Bedarf bereitstellen.',
    'inactive-in-target': 'Die Konten in UNIFI aktivieren lassen oder die Bereitstellung neu starten.',
    'active-not-entitled': 'Die Personen in Entra zuweisen oder ihre Konten in UNIFI deaktivieren lassen.',
    'active-source-gone': 'Diese Konten heute noch in UNIFI deaktivieren lassen: die Personen sind ausgeschieden.',
    'orphan-in-target': 'In UNIFI fragen, wer diese Konten nutzt, und überflüssige deaktivieren lassen.',
    'attribute-drift': 'Die Werte in Entra berichtigen, wo UNIFI recht hat; sonst bei Bedarf bereitstellen.',
    'duplicate-in-target': 'Den von Entra verwalteten Eintrag behalten, die anderen in UNIFI entfernen lassen.',
    'duplicate-match-value': 'Jedem in Entra einen eigenen Wert geben.',
    'missing-match-value': 'Den Abgleichwert in Entra ausfüllen.',
    'stale-link': 'Die Bereitstellung mit vollem Abgleich neu starten.',
    'group-missing-in-target': 'Die neueste Protokollzeile jeder Gruppe lesen und deren Ursache beheben.',
    'group-orphan-in-target': 'Die Gruppe in Entra zuweisen oder in UNIFI entfernen lassen.',
    'member-missing': 'Die Mitglieder in Entra entfernen und wieder aufnehmen oder die Bereitstellung neu starten.',
    'member-extra': 'Die Mitglieder in UNIFI entfernen lassen oder in Entra aufnehmen.',
  },
  findingStates: { open: 'offen', pending: 'abwartend', resolved: 'behoben' },
  severities: { high: 'hoch', medium: 'mittel', low: 'gering' },
  reasons: {
    'not-assigned': 'nicht zugewiesen',
    'filtered-out': 'durch einen Bereichsfilter ausgeschlossen',
    disabled: 'in Entra deaktiviert',
    'soft-deleted': 'in Entra gelöscht, wiederherstellbar',
    deleted: 'in Entra endgültig gelöscht',
    local: 'in UNIFI angelegt',
    'not-entitled': 'ihre Entra-Gruppe ist nicht berechtigt',
    'source-gone': 'ihre Entra-Gruppe gibt es nicht mehr',
  },
  differences: {
    'case-only': 'nur in Groß- und Kleinschreibung verschieden',
    'source-empty': 'in Entra leer',
    value: 'anderer Wert',
  },
  subjectTypes: { user: 'Person', group: 'Gruppe', unknown: 'unbekannt' },
  sourceStates: {
    'in-scope': 'im Bereich',
    'filtered-out': 'durch einen Bereichsfilter ausgeschlossen',
    'not-entitled': 'nicht berechtigt',
    disabled: 'deaktiviert',
    'soft-deleted': 'gelöscht, wiederherstellbar',
    deleted: 'gelöscht',
    none: 'nicht in Entra',
    unknown: 'nicht bekannt',
  },
  targetStates: { active: 'aktiv', inactive: 'inaktiv', absent: 'kein Konto', unknown: 'nicht bekannt' },
  joinedBy: {
    link: 'die von der Bereitstellung vermerkte Verknüpfung',
    'match-value': 'gleichen Abgleichwert',
    'external-id': 'externe ID',
  },
  sources: {
    'provisioning-log': 'Bereitstellungsprotokoll',
    jobs: 'Bereitstellungsaufträge',
    schema: 'Zuordnungen und Bereichsfilter',
    'job-settings': 'Einstellungen des Auftrags',
    application: 'Anwendung',
    assignments: 'Zuweisungen',
    users: 'Benutzer',
    groups: 'Gruppen',
    'deleted-users': 'Gelöschte Benutzer',
    audit: 'Überwachungsprotokoll',
    'scim-config': 'Konfiguration von UNIFI',
    'scim-users': 'Konten in UNIFI',
    'scim-groups': 'Gruppen in UNIFI',
  },
  sourceStatuses: {
    complete: 'vollständig',
    partial: 'unvollständig',
    failed: 'gescheitert',
    skipped: 'nicht gelesen',
  },
  logStatuses: {
    success: 'Erfolg',
    failure: 'Fehler',
    skipped: 'übersprungen',
    warning: 'Warnung',
    unknown: 'unbekannt',
  },
  actions: {
    create: 'anlegen',
    update: 'ändern',
    delete: 'löschen',
    disable: 'deaktivieren',
    stagedDelete: 'vorgemerktes Löschen',
    other: 'anderes',
  },
  jobStates: {
    quarantined: 'In Quarantäne',
    disabled: 'Ausgeschaltet',
    paused: 'Angehalten',
    failing: 'Scheitert',
    'never-run': 'Nie gelaufen',
    initial: 'Anfangszyklus',
    silent: 'Still',
    late: 'Verspätet',
    escrows: 'Läuft mit Fehlern',
    'healthy-quiet': 'In Ordnung und ruhig',
    healthy: 'In Ordnung',
    unknown: 'Unbekannt',
  },
  actors: {
    'entra-admin': 'die Entra-Administration',
    'group-owner': 'die Besitzerin oder der Besitzer der Gruppe',
    'unifi-admin': 'die UNIFI-Administration',
    microsoft: 'der Support von Microsoft',
    wait: 'niemand; abwarten genügt',
    nobody: 'niemand',
  },
  certainties: { certain: 'sicher', likely: 'wahrscheinlich', 'cannot-tell': 'nicht feststellbar' },
  outcomes: {
    cause: 'die Ursache',
    also: 'trifft auch zu',
    'ruled-out': 'ausgeschlossen',
    note: 'vermerkt',
    blind: 'nicht lesbar',
  },
  agreements: { same: 'gleich', different: 'verschieden', unknown: 'nicht bekannt' },
  events: {
    directory: 'Entra',
    log: 'Bereitstellungsprotokoll',
    finding: 'Befund',
    job: 'Auftrag',
    collection: 'Abruf',
    gap: 'Lücke',
  },
  diffSections: {
    people: 'Personen in Entra',
    accounts: 'Konten in UNIFI',
    groups: 'Gruppen in Entra',
    'group-members': 'Mitglieder von Gruppen in Entra',
    'target-groups': 'Gruppen in UNIFI',
    'target-group-members': 'Mitglieder von Gruppen in UNIFI',
    assignments: 'Zuweisungen',
    findings: 'Befunde',
  },
  diffKinds: {
    added: 'hinzugekommen',
    removed: 'entfallen',
    enabled: 'eingeschaltet',
    disabled: 'ausgeschaltet',
    renamed: 'umbenannt',
    changed: 'geändert',
    opened: 'eröffnet',
    resolved: 'behoben',
    'still-open': 'weiterhin offen',
  },
  setupAreas: {
    mappings: 'Zuordnungen',
    'scoping-filter': 'Bereichsfilter',
    schedule: 'Zeitplan',
    settings: 'Einstellungen',
    application: 'Anwendung',
    unifi: 'UNIFI',
  },
  setUpSteps: {
    application: 'Anwendung',
    'sign-on': 'Einmaliges Anmelden',
    assignments: 'Zuweisungen',
    job: 'Bereitstellungsauftrag',
    mappings: 'Zuordnungen',
    scope: 'Bereich',
    safety: 'Absicherung',
    permissions: 'Berechtigungen',
  },
  setUpChecks: {
    'app-found': 'Unternehmensanwendung',
    'app-enabled': 'Anwendung eingeschaltet',
    'sso-saml': 'Anmeldung über SAML',
    'sso-certificate': 'Signaturzertifikat',
    'assignments-exist': 'Benutzer und Gruppen zugewiesen',
    'assignments-usable': 'Arten zugewiesener Gruppen',
    'job-exists': 'Auftrag dieser Verbindung',
    'job-on': 'Bereitstellung eingeschaltet',
    'job-healthy': 'Zustand des Auftrags',
    'single-job': 'Kein zweiter Auftrag',
    'tenant-url': 'Mandanten-URL',
    'credentials-work': 'Geheimes Token',
    'notification-mail': 'Benachrichtigung per E-Mail',
    'user-mapping-on': 'Zuordnung der Benutzer',
    'group-mapping-on': 'Zuordnung der Gruppen',
    'user-flows': 'Aktionen für Benutzer',
    'group-flows': 'Aktionen für Gruppen',
    'attributes-mapped': 'Attribute der Anleitung',
    'active-from-soft-deleted': 'Abschalten von Ausgeschiedenen',
    'matching-filterable': 'Suche nach dem Abgleichattribut',
    'matching-unique': 'Eindeutige Abgleichwerte',
    'scope-not-empty': 'Reichweite des Bereichsfilters',
    'scope-clauses-valid': 'Bedingungen des Bereichsfilters',
    'deletion-guard': 'Schutz vor massenhaftem Löschen',
    permissions: 'Berechtigungen und Rollen',
  },
  setUpStates: { right: 'richtig', wrong: 'falsch', 'not-checkable': 'nicht prüfbar' },
  assumed: {
    'scope-mode':
      'dass nur zugewiesene Personen und Gruppen bereitgestellt werden, weil die Einstellung nicht lesbar war',
    mapping: 'dass der Benutzername der Benutzerprinzipalname ist, weil die Zuordnungen nicht lesbar waren',
  },
  yes: 'ja',
  no: 'nein',
  nothing: '(nichts)',
  never: 'nie',
  advice,
  job(job, moment) {
    if (job === null) return jobSentences.unknown;
    const since = job.since === undefined ? '' : ` Seit ${moment(job.since)}.`;
    const ended = job.lastExecution?.endedAt ?? null;
    return `${jobSentences[job.state]}${since}${ended === null ? '' : ` Der letzte Zyklus endete am ${moment(ended)}.`}`;
  },
  labels: {
    client: 'Für',
    connection: 'Verbindung',
    tenant: 'Mandant',
    application: 'Anwendung in Entra',
    period: 'Zeitraum',
    created: 'Erstellt',
    collected: 'Abgerufen',
    evaluated: 'Abgeglichen',
    timeZone: 'Zeitzone',
    language: 'Sprache',
    selection: 'Auswahl',
    redaction: 'Schwärzung',
    rows: 'Zeilen',
    version: 'Erstellt mit',
    dataSha256: 'SHA-256 über die Daten',
    contents: 'Inhalt',
    page: 'Seite',
    section: 'Abschnitt',
    entry: 'Eintrag',
    field: 'Feld',
    value: 'Wert',
    day: 'Tag',
  },
  figures: {
    job: 'Auftrag',
    openHigh: 'Offen, Schwere hoch',
    open: 'Offene Befunde',
    pending: 'Abwartend',
    resolved: 'Behoben',
    notVerified: 'Diesmal nicht bestätigt',
    people: 'Personen',
    inScope: 'Im Bereich',
    accounts: 'Konten in UNIFI',
    stillActive: 'Können UNIFI noch nutzen',
    leavers: 'Ausgeschiedene',
    logRows: 'Protokollzeilen',
    failures: 'Fehler',
    failureShare: 'Anteil der Fehler',
    lastCollected: 'Abgerufen',
    incompleteSources: 'Unvollständige Quellen',
  },
  outcomesOfDay: {
    success: 'Erfolg',
    failure: 'Fehler',
    warning: 'Warnung',
    skippedOther: 'Übersprungen, zu prüfen',
    skippedBenign: 'Übersprungen, zu Recht',
  },
  sentences: {
    period: (from, to) =>
      from === null && to === null
        ? 'alles Gespeicherte'
        : from === null
          ? `bis ${to ?? ''}`
          : to === null
            ? `seit ${from}`
            : `${from} bis ${to}`,
    newest: 'der neueste Stand',
    redactedOn: (keyId) =>
      `Namen, Adressen, IDs und Werte von Personen sind durch Pseudonyme ersetzt. Derselbe Wert hat in jedem Bericht mit Schlüssel ${keyId} dasselbe Pseudonym.`,
    redactedOff: 'Nichts ist geschwärzt.',
    cut: (rows, total) =>
      total === null
        ? `Nur die ${rows === one ? 'erste Zeile ist' : `ersten ${rows} Zeilen sind`} enthalten; es gibt weitere.`
        : `Nur die ${rows === one ? `erste von ${total} Zeilen ist` : `ersten ${rows} von ${total} Zeilen sind`} enthalten.`,
    allRows: (rows) => (rows === one ? 'Eine Zeile, mehr nicht.' : `Alle ${rows} Zeilen.`),
    notOnPaper: (rows) =>
      `Auf Papier endet die Tabelle hier, nach ${rows} Zeilen; die übrigen stehen auf der Seite am Bildschirm.`,
    notCompared: 'Entra und UNIFI wurden noch nicht abgeglichen: das heißt nicht, dass alles in Ordnung ist.',
    logNeverRead: 'Das Bereitstellungsprotokoll wurde nie gelesen: über seine Zeilen ist nichts bekannt.',
    noIssuesPartial:
      'Keine gelesene Zeile nennt einen Fehler, doch das Protokoll wurde in diesem Zeitraum nicht vollständig gelesen.',
    utcDays: 'Tage sind die der UTC.',
    noFindings: 'Zwischen Entra und UNIFI wurde kein Unterschied gefunden.',
    noFindingsPartial:
      'Es wurde nichts gefunden, doch nicht jede Quelle wurde vollständig gelesen: das heißt nicht, dass alles in Ordnung ist.',
    findingsCount: (open, pending, resolved) => `${open} offen, ${pending} abwartend, ${resolved} behoben.`,
    noRows: 'Keine Zeile des Protokolls passt.',
    noPeople: 'Niemand passt.',
    noLeavers: 'In diesem Bestand wurde niemand in Entra deaktiviert oder gelöscht.',
    noDifferences: 'Zwischen den beiden Ständen ist nichts verschieden.',
    noSetUpChanges: 'Zuordnungen, Bereichsfilter, Zeitplan und Einstellungen sind gleich.',
    betweenRuns: (from, to) => `Von Abruf ${from} bis Abruf ${to}.`,
    setUpStored: 'Geprüft anhand des Gespeicherten; was nur Entra oder UNIFI beantworten könnten, wurde nicht gefragt.',
    noIssues: 'Keine Zeile des Protokolls nennt in diesem Zeitraum einen Fehler.',
    nothingLeftOut: 'Alles wurde ausgewertet.',
    noGaps: 'Das Protokoll hat in diesem Zeitraum keine Lücken.',
    incomplete: (sources) =>
      `Beim neuesten Abruf nicht vollständig gelesen: ${sources}. Was davon abhängt, kann älter sein.`,
    allComplete: 'Beim neuesten Abruf wurde jede Quelle vollständig gelesen.',
    neverCollected: 'Es wurde noch nichts abgerufen: dieser Bericht sagt nichts über den Zustand der Bereitstellung.',
    trend: (days, failures) => `${days === 1 ? 'Ein Tag' : `${days} Tage`}; Fehler: ${failures}.`,
    uncoveredDays: (days) =>
      `An ${days === 1 ? 'einem Tag' : `${days} Tagen`} (grau hinterlegt) wurde das Protokoll nicht vollständig gelesen; ein fehlender Balken sagt dort nichts.`,
    topIssues: 'Fehlercodes nach Anzahl der Zeilen im Zeitraum.',
    toDoNothing: 'Es ist nichts zu tun.',
    toDoKind: (kind, count) => `${kind}: ${count}.`,
    care: 'Der Bericht enthält Namen und IDs von Personen: mit Bedacht weitergeben.',
    redactedCare:
      'Der Bericht enthält Pseudonyme anstelle von Personen. Wer den Schlüssel hat, kann herausfinden, wen sie meinen.',
    integrity:
      'Die Prüfsumme belegt, dass die Daten nachträglich nicht geändert wurden. Sie belegt nicht, wer den Bericht erstellt hat: jeder kann sie berechnen.',
    selectedKinds: (kinds) => `Arten von Befunden: ${kinds}`,
    selectedPeople: (people) => `Personen: ${people}`,
    selectedGroups: (groups) => `Gruppen: ${groups}`,
    selectedColumns: (columns) => `Spalten: ${columns}`,
    rowLimit: (rows) => (rows === one ? 'Höchstens eine Zeile je Tabelle' : `Höchstens ${rows} Zeilen je Tabelle`),
    subject: (name) => `Gegenstand: ${name}`,
    candidates: (name) =>
      `Auf „${name}“ passen mehrere Personen: es wurde nichts entschieden. Bitte eine davon wählen.`,
    longText: (sheet, row) => `[weiter auf Blatt „${sheet}“, Zeile ${row}]`,
    asIs: 'wie es sein soll',
  },
};
