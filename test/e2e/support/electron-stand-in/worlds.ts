/*
 * Electron runs the preload in an isolated world of the page and carries what it exposes into the page's own world.
 * Chromium gives isolated worlds through the DevTools protocol, but nothing that crosses between them except the
 * document they share: so calls cross as events on it, synchronously, under a name that only both scripts know.
 */

export const worldName = 'preload';
/** The DevTools binding, present in the isolated world only. */
export const bindingName = '__standInToMain';
export const receiverName = '__standInFromMain';

/** Values cross as JSON; functions and promises as numbers that the other side can ask for. */
const crossing = `
  const functions = new Map(), promises = new Map(), remote = new Map();
  let last = 0;
  const encode = (value) => {
    if (value === undefined) return { kind: 'undefined' };
    if (typeof value === 'function') { functions.set(++last, value); return { kind: 'function', id: last }; }
    if (value instanceof Promise) {
      const id = ++last;
      value.then((result) => post({ type: 'settled', id, value: encode(result) }),
        (error) => post({ type: 'settled', id, error: String(error && error.message) }));
      return { kind: 'promise', id };
    }
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      return { kind: 'object', entries: Object.entries(value).map(([key, part]) => [key, encode(part)]) };
    }
    return { kind: 'plain', value };
  };
  const decode = (coded) => {
    if (coded.kind === 'undefined') return undefined;
    if (coded.kind === 'plain') return coded.value;
    if (coded.kind === 'object') return Object.freeze(Object.fromEntries(coded.entries.map(([k, v]) => [k, decode(v)])));
    if (coded.kind === 'promise') return new Promise((resolve, reject) => promises.set(coded.id, { resolve, reject }));
    if (!remote.has(coded.id)) remote.set(coded.id, (...args) => {
      const id = ++last;
      let answer;
      returns.set(id, (message) => { answer = message; });
      post({ type: 'call', id, target: coded.id, args: args.map(encode) });
      returns.delete(id);
      if (answer === undefined) throw new Error('The other world is gone.');
      if ('error' in answer) throw new Error(answer.error);
      return decode(answer.value);
    });
    return remote.get(coded.id);
  };
  const returns = new Map();
  const post = (message) => document.dispatchEvent(new CustomEvent(outgoing, { detail: JSON.stringify(message) }));
  const receive = (message) => {
    if (message.type === 'call') {
      const answer = { type: 'returned', id: message.id };
      try { answer.value = encode(functions.get(message.target)(...message.args.map(decode))); }
      catch (error) { answer.error = String(error && error.message); }
      post(answer);
    } else if (message.type === 'returned') returns.get(message.id)?.(message);
    else if (message.type === 'settled') {
      const waiting = promises.get(message.id);
      promises.delete(message.id);
      if ('error' in message) waiting.reject(new Error(message.error));
      else waiting.resolve(decode(message.value));
    } else other(message);
  };
  document.addEventListener(incoming, (event) => receive(JSON.parse(event.detail)));
`;

/** The script of the page's own world: it leaves nothing there but what the preload exposes. */
export const pageWorldScript = (secret: string): string => `(() => {
  const outgoing = '${secret}>', incoming = '${secret}<';
  const other = (message) => {
    if (message.type !== 'expose' || message.name in window) return;
    Object.defineProperty(window, message.name, { value: decode(message.api), enumerable: true });
  };
  ${crossing}
  post({ type: 'ready' });
})();`;

/** The script of the isolated world: Electron's two renderer modules, then the preload as a CommonJS file. */
export const preloadWorldScript = (secret: string, preload: string): string => `(() => {
  const outgoing = '${secret}<', incoming = '${secret}>';
  const exposed = [];
  const other = (message) => { if (message.type === 'ready') for (const one of exposed) post(one); };
  ${crossing}
  const calls = new Map(), listeners = new Map();
  let asked = 0;
  const toMain = globalThis.${bindingName};
  globalThis.${receiverName} = (message) => {
    if (message.type === 'event') {
      for (const listener of listeners.get(message.channel) ?? []) listener({}, ...message.args);
      return;
    }
    const waiting = calls.get(message.id);
    calls.delete(message.id);
    if ('error' in message) waiting?.reject(new Error(message.error));
    else waiting?.resolve(message.value);
  };
  const electron = {
    contextBridge: { exposeInMainWorld: (name, api) => {
      const one = { type: 'expose', name, api: encode(api) };
      exposed.push(one);
      post(one);
    } },
    ipcRenderer: {
      invoke: (channel, ...args) => new Promise((resolve, reject) => {
        calls.set(++asked, { resolve, reject });
        toMain(JSON.stringify({ id: asked, channel, args: args.map((arg) => arg === undefined ? null : arg) }));
      }),
      on: (channel, listener) => { listeners.set(channel, [...(listeners.get(channel) ?? []), listener]); },
    },
  };
  const require = (name) => {
    if (name === 'electron') return electron;
    throw new Error('A sandboxed preload cannot load ' + name);
  };
  ((require, module, exports) => {
${preload}
  })(require, { exports: {} }, {});
})();`;
