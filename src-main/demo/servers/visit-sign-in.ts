/** What the person does on the sign-in page. */
export interface VisitOptions {
  /** The code that the application shows; for the device page. */
  userCode?: string;
  /** Presses "Decline". */
  decline?: boolean;
}

interface Form {
  action: string;
  fields: URLSearchParams;
  asksDecision: boolean;
  asksCode: boolean;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

const unescape = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/gu, (_, name: string) => entities[name] ?? '');

const attribute = (tag: string, name: string): string =>
  unescape(new RegExp(`\\b${name}="([^"]*)"`, 'u').exec(tag)?.[1] ?? '');

const readForm = (html: string): Form | null => {
  const form = /<form\b[^>]*>[\s\S]*?<\/form>/u.exec(html)?.[0];
  if (form === undefined) return null;
  const fields = new URLSearchParams();
  for (const [input] of form.matchAll(/<input type="hidden"[^>]*>/gu)) {
    fields.set(attribute(input, 'name'), attribute(input, 'value'));
  }
  return {
    action: attribute(/<form\b[^>]*>/u.exec(form)?.[0] ?? '', 'action'),
    fields,
    asksDecision: form.includes('name="decision"'),
    asksCode: form.includes('name="user_code"'),
  };
};

/** A page of the sign-in service that says why it goes no further. */
const messageOf = (html: string): string | null => {
  const text = /<p id="message">([^<]*)<\/p>/u.exec(html)?.[1];
  return text === undefined ? null : unescape(text);
};

const isLoopback = (url: URL): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);

/**
 * Plays the person and the browser: opens the page at the demo tenant's sign-in host, fills in and submits its form,
 * and carries the answer to the application's redirect address. An address under another name of the sign-in host is
 * opened at `authority`. Throws an Error with the page's text when the sign-in host refuses (AADSTS...).
 */
export const visitSignIn = async (authority: string, url: string, options: VisitOptions = {}): Promise<void> => {
  const given = new URL(url);
  let page = new URL(`${given.pathname}${given.search}`, authority);
  let answer = await fetch(page, { redirect: 'manual' });
  for (let steps = 0; steps < 5; steps += 1) {
    const location = answer.headers.get('location');
    const html = await answer.text();
    const message = messageOf(html);
    if (message !== null && !answer.ok) throw new Error(`The sign-in page refused: ${message}`);
    const form = location === null ? readForm(html) : null;
    const target = form ? new URL(form.action, page) : location === null ? null : new URL(location, page);
    // Nothing more to do on this page, or the answer has reached the application.
    if (!target) return;
    if (!isLoopback(target)) throw new Error(`The sign-in page leads to another host: ${target.host}`);
    if (form?.asksDecision) form.fields.set('decision', options.decline ? 'decline' : 'accept');
    if (form?.asksCode) form.fields.set('user_code', options.userCode ?? given.searchParams.get('otc') ?? '');
    page = target;
    answer = await fetch(page, {
      redirect: 'manual',
      // The answer to the redirect address closes the application's server: no connection is kept for later.
      headers: { Connection: 'close' },
      ...(form ? { method: 'POST', body: form.fields } : {}),
    });
    if (page.origin !== new URL(authority).origin) {
      await answer.text();
      return;
    }
  }
  throw new Error('The sign-in page did not come to an end.');
};
