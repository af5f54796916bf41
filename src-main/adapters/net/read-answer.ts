import { AppError } from '../../core/app-error.ts';

/** The parts of a fetch Response that are used. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: ReadableStream<Uint8Array> | null;
}

const unexpected = (source: string, message: string, path?: string): AppError =>
  new AppError({
    code: 'response-unexpected',
    message: `${source} ${message}.`,
    advice:
      'A proxy or sign-in page may stand between this computer and the service. Check the address and the network.',
    source,
    ...(path === undefined ? {} : { path }),
  });

/**
 * The whole body as text (UTF-8). Throws `response-unexpected` when it is longer than `maxBytes`, and what the
 * stream throws when it breaks off.
 */
export const readText = async (answer: HttpAnswer, source: string, maxBytes: number): Promise<string> => {
  if (answer.body === null) return '';
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body) {
    length += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (length > maxBytes)
      throw unexpected(source, `answered more than ${Math.round(maxBytes / 1_048_576)} MB at once`);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length));
};

/** The first tag of an HTML or XML text, such as `html`; never anything else of it. */
const firstTag = (text: string): string | null =>
  /<\s*([a-z][a-z0-9:-]{0,30})/iu.exec(text)?.[1]?.toLowerCase() ?? null;

/**
 * The JSON value of a body. Throws `response-unexpected` naming the source, and of HTML only its first tag: the rest
 * of a foreign page has no place in a message.
 */
export const parseJson = (text: string, contentType: string | null, source: string): unknown => {
  const start = text.trimStart().slice(0, 1);
  if (start === '<' || /\b(?:html|xml)\b/iu.test(contentType ?? '')) {
    const tag = firstTag(text.slice(0, 10_000));
    throw unexpected(source, `answered a web page${tag === null ? '' : ` (<${tag}>)`} where JSON was expected`);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    // The parser's message quotes the text, which may hold anything: only the fact goes on.
    if (!(cause instanceof SyntaxError)) throw cause;
    throw unexpected(source, text === '' ? 'answered nothing where JSON was expected' : 'answered broken JSON');
  }
};
