import type { HttpAnswer } from '../http-server.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replace(/[&<>"']/gu, (sign) => entities[sign] as string);

const style =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:12vh auto;padding:0 1rem;color:#1b1b1b;background:#fff}' +
  'button{font:inherit;padding:.4rem 1.2rem;margin-right:.5rem}input[type=text]{font:inherit;padding:.3rem;width:12rem}' +
  '@media(prefers-color-scheme:dark){body{color:#eee;background:#1b1b1b}}';

const page = (status: number, title: string, content: string): HttpAnswer => ({
  status,
  headers: {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Frame-Options': 'DENY',
  },
  body: `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title><style>${style}</style></head><body><h1>${escape(title)}</h1>${content}</body></html>`,
});

const hidden = (fields: Record<string, string>): string =>
  Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
    .join('');

/** A page that asks the person; the pressed button is sent as `decision`. */
export const questionPage = (options: {
  title: string;
  text: string;
  action: string;
  fields: Record<string, string>;
  /** Label of a text field named `user_code`. */
  codeField?: string;
}): HttpAnswer =>
  page(
    200,
    options.title,
    `<p>${escape(options.text)}</p><form method="post" action="${escape(options.action)}">${hidden(options.fields)}` +
      (options.codeField === undefined
        ? ''
        : `<p><label>${escape(options.codeField)} <input type="text" name="user_code" autocomplete="off" required></label></p>`) +
      '<button type="submit" name="decision" value="accept">Accept</button>' +
      '<button type="submit" name="decision" value="decline" formnovalidate>Decline</button></form>',
  );

/** A page that carries the answer to the application by itself; the button serves browsers without scripts. */
export const carryPage = (action: string, fields: Record<string, string>): HttpAnswer =>
  page(
    200,
    'Returning to the application',
    `<form id="answer" method="post" action="${escape(action)}">${hidden(fields)}<button type="submit">Continue</button></form>` +
      '<script>document.getElementById("answer").submit()</script>',
  );

/** A page that only says something. */
export const messagePage = (status: number, title: string, text: string): HttpAnswer =>
  page(status, title, `<p id="message">${escape(text)}</p>`);
