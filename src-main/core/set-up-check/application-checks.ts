import type { Evidence } from '../../contract/models/finding.ts';
import { describeDay, describeSpan, timeOf } from '../health/describe-time.ts';
import { evidence } from '../investigation/case-base.ts';
import type { ApplicationInfo } from '../model/directory.ts';
import { counted, listNames, notCheckable, right, wrong, type CheckRule, type Decision } from './check-rule.ts';
import type { SetUpFacts } from './facts.ts';

const dayMs = 86_400_000;
/** Entra mails 60, 30 and 7 days before the end; with less than this there is work to do. */
const renewBeforeMs = 30 * dayMs;

const readOf = ({ sources }: SetUpFacts): string | null =>
  sources.find(({ source }) => source === 'application')?.lastCompleteAt ?? null;

const fact = (facts: SetUpFacts, text: string): Evidence =>
  evidence('application', facts.connection.servicePrincipalId, text, readOf(facts));

/** Applications of the profile's name that are there now, and are not this one. */
const namesakes = ({ live, connection, profile }: SetUpFacts): ApplicationInfo[] => {
  if (!live || 'failure' in live.others) return [];
  return live.others.applications.filter(
    ({ servicePrincipalId, displayName }) =>
      servicePrincipalId !== connection.servicePrincipalId &&
      profile.application.names.some((name) => name.toLowerCase() === displayName.trim().toLowerCase()),
  );
};

/** Whether Entra no longer knows the application: by the newest collection, or asked just now. */
export const isApplicationGone = ({ sources, live }: SetUpFacts): boolean => {
  const reading = sources.find(({ source }) => source === 'application');
  const asked = live && 'tests' in live.graph ? live.graph.tests.find(({ id }) => id === 'application') : undefined;
  return [reading?.failure?.code, asked?.failure?.code].includes('graph-not-found');
};

/** Entra answers 404 for the object id: the application was deleted, perhaps made again under another id. */
const gone = (facts: SetUpFacts): Decision => {
  const { application, profile, connection } = facts;
  const name = application?.displayName ?? profile.name;
  const others = namesakes(facts);
  const looked = fact(facts, `Entra knows no application with the object id ${connection.servicePrincipalId ?? ''}.`);
  const [other] = others;
  if (!other) {
    return wrong(
      `The enterprise application "${name}" that this connection watches is not in Entra any more.`,
      `Restore it in Entra ("Deleted applications") within 30 days, or add ${profile.name} again and connect the new application under a new name; the history of the old one stays.`,
      looked,
    );
  }
  return wrong(
    `The enterprise application "${name}" that this connection watches was deleted, and ${others.length === 1 ? 'another one of that name is' : `${String(others.length)} others of that name are`} there now: it was made again.`,
    `Connect the new application under a new name (connect --service-principal ${other.servicePrincipalId}); the history of the old one stays where it is.`,
    looked,
    ...others.map((one) =>
      evidence(
        'application',
        one.servicePrincipalId,
        `"${one.displayName}" has the object id ${one.servicePrincipalId}.`,
      ),
    ),
  );
};

const found: CheckRule = {
  id: 'app-found',
  needs: [],
  decide(facts) {
    const { application, connection, sources } = facts;
    if (connection.servicePrincipalId === null) {
      return wrong(
        'This connection does not say which enterprise application it watches.',
        'Connect again and choose the application (connect --service-principal).',
      );
    }
    const reading = sources.find(({ source }) => source === 'application');
    if (isApplicationGone(facts)) return gone(facts);
    if (!application || reading?.status !== 'complete') {
      return {
        ...notCheckable(
          reading === undefined
            ? 'The enterprise application was not read yet: nothing was collected.'
            : `The enterprise application could not be read. ${reading.failure?.message ?? ''}`.trim(),
          ...(application ? [fact(facts, `Before, "${application.displayName}" was there.`)] : []),
        ),
        fix: reading?.failure?.advice ?? 'Collect first.',
      };
    }
    return right(
      `The enterprise application "${application.displayName}" is there.`,
      fact(facts, `Its object id is ${application.servicePrincipalId}, its application id ${application.appId}.`),
    );
  },
};

const enabled: CheckRule = {
  id: 'app-enabled',
  needs: ['application'],
  decide(facts) {
    const { application } = facts;
    if (!application || application.enabled === null) {
      return notCheckable('Entra does not say whether the application is enabled.');
    }
    const { displayName } = application;
    if (application.enabled) {
      return right(`"${displayName}" is enabled.`, fact(facts, '"Enabled for users to sign in" is Yes.'));
    }
    return wrong(
      `"${displayName}" is disabled: nobody can sign in to ${facts.profile.name} through it.`,
      'Set "Enabled for users to sign in" to Yes in the properties of the enterprise application.',
      fact(facts, '"Enabled for users to sign in" is No.'),
    );
  },
};

const modeWords: Readonly<Record<string, string>> = {
  password: 'by stored passwords',
  oidc: 'by OpenID Connect',
  notsupported: 'in no way that Entra supports',
  external: 'through another identity provider',
};

const saml: CheckRule = {
  id: 'sso-saml',
  needs: ['application'],
  decide(facts) {
    const mode = facts.application?.singleSignOnMode?.trim().toLowerCase() ?? '';
    if (mode === 'saml')
      return right('Single sign-on is set to SAML.', fact(facts, 'The single sign-on mode is SAML.'));
    const fix = `Set up SAML under "Single sign-on" of the enterprise application, as the article of ${facts.profile.name} describes.`;
    if (mode === '') {
      return wrong('No single sign-on is set up for the application.', fix, fact(facts, 'No mode is chosen.'));
    }
    return wrong(
      `People sign in ${modeWords[mode] ?? `in the mode "${mode}"`}, not through SAML.`,
      fix,
      fact(facts, `The single sign-on mode is "${mode}".`),
    );
  },
};

type Certificate = ApplicationInfo['signingCertificates'][number];

/** The one that signs now; where Entra does not say which, the one that lasts longest. */
const signing = ({ activeThumbprint, signingCertificates }: ApplicationInfo): Certificate | null => {
  const active = signingCertificates.find(({ thumbprint }) => thumbprint !== null && thumbprint === activeThumbprint);
  const last = [...signingCertificates].sort((one, other) => (timeOf(other.endsAt) ?? 0) - (timeOf(one.endsAt) ?? 0));
  return active ?? last[0] ?? null;
};

const certificate: CheckRule = {
  id: 'sso-certificate',
  needs: ['application'],
  decide(facts) {
    const { application, profile } = facts;
    if (application?.singleSignOnMode?.trim().toLowerCase() !== 'saml') {
      return notCheckable('Without SAML there is no signing certificate to look at.');
    }
    const nowMs = Date.parse(facts.now);
    const chosen = signing(application);
    const fix = `Make a new certificate under "SAML certificates", give it to ${profile.name}, then make it the active one.`;
    if (!chosen) {
      return wrong(
        'The application has no signing certificate, so nobody can sign in through SAML.',
        fix,
        fact(facts, 'Entra lists no key that signs.'),
      );
    }
    const endsMs = timeOf(chosen.endsAt);
    const name = chosen.thumbprint === null ? 'the certificate' : `the certificate ${chosen.thumbprint}`;
    if (endsMs === null) return notCheckable(`Entra does not say when ${name} runs out.`);
    const startsMs = timeOf(chosen.startsAt);
    const day = describeDay(endsMs, nowMs);
    const shown = fact(facts, `It is ${name}; it runs out on ${day}.`);
    if (endsMs <= nowMs) {
      return wrong(
        `The signing certificate ran out ${describeSpan(nowMs - endsMs)} ago, on ${day}: nobody can sign in through SAML.`,
        fix,
        shown,
      );
    }
    if (startsMs !== null && startsMs > nowMs) {
      return wrong(
        `The signing certificate is valid only from ${describeDay(startsMs, nowMs)} on: until then nobody can sign in through SAML.`,
        'Make a certificate that is valid now the active one.',
        shown,
      );
    }
    const left = counted(Math.floor((endsMs - nowMs) / dayMs), 'day');
    if (endsMs - nowMs < renewBeforeMs) {
      return wrong(
        `The signing certificate runs out in ${left}, on ${day}: then nobody can sign in any more.`,
        fix,
        shown,
      );
    }
    const others = application.signingCertificates.filter((one) => one !== chosen);
    const extra =
      others.length === 0
        ? []
        : [
            fact(
              facts,
              `There ${others.length === 1 ? 'is' : 'are'} ${counted(others.length, 'other certificate')}: ${listNames(
                others.map(({ thumbprint }) => thumbprint ?? 'one without a thumbprint'),
              )}.`,
            ),
          ];
    return right(`The signing certificate is valid until ${day}, for ${left}.`, shown, ...extra);
  },
};

/** The application itself and how people sign in to it. */
export const applicationChecks: readonly CheckRule[] = [found, enabled, saml, certificate];
