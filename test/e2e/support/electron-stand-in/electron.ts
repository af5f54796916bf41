import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { connectDevTools, type Params } from './devtools.ts';
import { bindingName, pageWorldScript, preloadWorldScript, receiverName, worldName } from './worlds.ts';

/*
 * Stands in for the `electron` module in the main process, over a real Chromium that STAND_IN_DEVTOOLS names. It does
 * what the product uses and nothing more; what is not here fails, as a wrong use of Electron would. Custom schemes are
 * hosts of http://*.localhost to Chromium, and their answers come from the handler of the product.
 */

type Handler = (event: InvokeEvent, ...args: unknown[]) => unknown;
interface Frame {
  id: string;
  parent: Frame | null;
  url: string;
}
interface InvokeEvent {
  sender: WebContents;
  senderFrame: Frame | null;
}

const devtools = await connectDevTools(process.env['STAND_IN_DEVTOOLS'] ?? '');
const tell = (message: Params): void => {
  process.send?.(message);
};

const schemes = new Map<string, ((request: Request) => Promise<Response>) | null>();
const handlers = new Map<string, Handler>();
const windows = new Set<BrowserWindow>();

/** `scheme://host/path` as Chromium sees it, and back. */
const toChromium = (address: string): string => address.replace(/^([\w-]+):\/\/([^/]*)/u, 'http://$2.$1.localhost');
const fromChromium = (address: string): string => {
  const match = /^http:\/\/([^/.]+)\.([\w-]+)\.localhost(\/.*)?$/u.exec(address);
  return match && schemes.has(match[2] ?? '') ? `${match[2]}://${match[1]}${match[3] ?? '/'}` : address;
};

class WebContents extends EventEmitter {
  readonly mainFrame: Frame = { id: '', parent: null, url: '' };
  readonly session = {
    setPermissionRequestHandler: (handler: unknown) => {
      tell({ type: 'permission-handler', given: typeof handler });
    },
    setPermissionCheckHandler: () => undefined,
    setDevicePermissionHandler: () => undefined,
  };
  readonly #frames = new Map<string, Frame>();
  /** Frame of each living context of the isolated world. */
  readonly #contexts = new Map<number, Frame>();
  #openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });
  #sessionId = '';
  #targetId = '';

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.#openHandler = handler;
  }

  getURL(): string {
    return this.mainFrame.url;
  }

  send(channel: string, ...args: unknown[]): void {
    const [context] = [...this.#contexts].find(([, frame]) => frame === this.mainFrame) ?? [];
    if (context !== undefined) this.#deliver(context, { type: 'event', channel, args });
  }

  async open(address: string, preload: string): Promise<void> {
    const { targetId } = await devtools.send('Target.createTarget', { url: 'about:blank' });
    this.#targetId = String(targetId);
    const attached = await devtools.send('Target.attachToTarget', { targetId, flatten: true });
    this.#sessionId = String(attached['sessionId']);
    this.mainFrame.id = this.#targetId;
    this.#frames.set(this.#targetId, this.mainFrame);
    devtools.onEvent((method, params, sessionId) => {
      if (sessionId === this.#sessionId) this.#onPageEvent(method, params);
      else if (sessionId === undefined) this.#onBrowserEvent(method, params);
    });
    const secret = randomBytes(16).toString('hex');
    const steps: [string, Params?][] = [
      ['Page.enable'],
      ['Runtime.enable'],
      ['Runtime.addBinding', { name: bindingName, executionContextName: worldName }],
      ['Page.addScriptToEvaluateOnNewDocument', { source: pageWorldScript(secret) }],
      ['Page.addScriptToEvaluateOnNewDocument', { source: preloadWorldScript(secret, preload), worldName }],
      ['Fetch.enable', { patterns: [{ urlPattern: '*' }] }],
    ];
    for (const [method, params] of steps) await this.#page(method, params);
    await devtools.send('Target.setDiscoverTargets', { discover: true });
    await this.#page('Page.navigate', { url: toChromium(address) });
  }

  #page(method: string, params?: Params): Promise<Params> {
    return devtools.send(method, params, this.#sessionId);
  }

  #deliver(contextId: number, message: Params): void {
    const expression = `${receiverName}(${JSON.stringify(message)})`;
    // The page may have gone meanwhile, and its answer with it.
    this.#page('Runtime.evaluate', { expression, contextId }).catch(() => undefined);
  }

  #onBrowserEvent(method: string, params: Params): void {
    const info = (params['targetInfo'] ?? {}) as { targetId: string; openerId?: string };
    if (method === 'Target.targetCreated' && info.openerId === this.#targetId) {
      void devtools.send('Target.closeTarget', { targetId: info.targetId });
    }
    if (method === 'Target.targetDestroyed' && params['targetId'] === this.#targetId) this.emit('destroyed');
  }

  #onPageEvent(method: string, params: Params): void {
    if (method === 'Fetch.requestPaused') void this.#onRequest(params);
    if (method === 'Page.windowOpen') {
      const { action } = this.#openHandler({ url: String(params['url']) });
      tell({ type: 'window-open', url: params['url'], action });
    }
    if (method === 'Page.frameNavigated') {
      const frame = params['frame'] as { id: string; parentId?: string; url: string };
      this.#frameOf(frame.id, frame.parentId).url = fromChromium(frame.url);
    }
    if (method === 'Page.navigatedWithinDocument') {
      this.#frameOf(String(params['frameId'])).url = fromChromium(String(params['url']));
    }
    if (method === 'Page.loadEventFired') this.emit('did-finish-load');
    if (method === 'Runtime.executionContextCreated') {
      const context = params['context'] as { id: number; name: string; auxData: { frameId: string } };
      if (context.name === worldName) this.#contexts.set(context.id, this.#frameOf(context.auxData.frameId));
    }
    if (method === 'Runtime.executionContextDestroyed') this.#contexts.delete(Number(params['executionContextId']));
    if (method === 'Runtime.executionContextsCleared') this.#contexts.clear();
    if (method === 'Runtime.bindingCalled' && params['name'] === bindingName) void this.#onMessage(params);
  }

  #frameOf(id: string, parentId?: string): Frame {
    const known = this.#frames.get(id);
    if (known) return known;
    const made: Frame = { id, parent: (parentId && this.#frames.get(parentId)) || this.mainFrame, url: 'about:blank' };
    this.#frames.set(id, made);
    return made;
  }

  async #onMessage(params: Params): Promise<void> {
    const contextId = Number(params['executionContextId']);
    const message = JSON.parse(String(params['payload'])) as { id: number; channel: string; args: unknown[] };
    const event: InvokeEvent = { sender: this, senderFrame: this.#contexts.get(contextId) ?? null };
    try {
      const handler = handlers.get(message.channel);
      if (!handler) throw new Error(`No handler registered for '${message.channel}'`);
      this.#deliver(contextId, { id: message.id, value: await handler(event, ...message.args) });
    } catch (error) {
      this.#deliver(contextId, { id: message.id, error: String(error) });
    }
  }

  async #onRequest(params: Params): Promise<void> {
    const { requestId } = params;
    const request = params['request'] as { url: string; method: string };
    const address = fromChromium(request.url);
    const isPage = params['resourceType'] === 'Document' && params['frameId'] === this.mainFrame.id;
    if (isPage && this.mainFrame.url !== '' && this.mainFrame.url !== 'about:blank') {
      let prevented = false;
      this.emit('will-navigate', { url: address, preventDefault: () => (prevented = true) });
      tell({ type: 'will-navigate', url: address, prevented });
      // The test's own navigations (marked) go on: they stand for a page that got in some other way.
      if (prevented && !address.includes('forced')) {
        await this.#page('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
        return;
      }
    }
    const handler = schemes.get(new URL(address).protocol.slice(0, -1));
    const answer = handler
      ? await handler(new Request(address, { method: request.method }))
      : new Response('<!doctype html><title>A foreign page</title>', { headers: { 'content-type': 'text/html' } });
    await this.#page('Fetch.fulfillRequest', {
      requestId,
      responseCode: answer.status,
      responseHeaders: [...answer.headers].map(([name, value]) => ({ name, value })),
      body: Buffer.from(await answer.arrayBuffer()).toString('base64'),
    });
  }
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents();
  readonly #preload: string;
  #destroyed = false;

  static getAllWindows(): BrowserWindow[] {
    return [...windows];
  }

  constructor(options: { webPreferences: Params & { preload: string } }) {
    super();
    windows.add(this);
    this.#preload = readFileSync(options.webPreferences.preload, 'utf8');
    tell({ type: 'window', webPreferences: options.webPreferences });
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    this.webContents.once('destroyed', () => {
      this.#destroyed = true;
      windows.delete(this);
      this.emit('closed');
      if (windows.size === 0) app.emit('window-all-closed');
    });
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isMinimized(): boolean {
    return false;
  }

  focus(): void {
    tell({ type: 'focused' });
  }

  show(): void {
    tell({ type: 'shown' });
  }

  loadURL(address: string): Promise<void> {
    return this.webContents.open(address, this.#preload);
  }
}

class App extends EventEmitter {
  whenReady(): Promise<void> {
    return Promise.resolve();
  }

  requestSingleInstanceLock(): boolean {
    return true;
  }

  setPath(name: string, path: string): void {
    tell({ type: 'path', name, path });
  }

  enableSandbox(): void {
    tell({ type: 'sandbox' });
  }

  quit(): void {
    let prevented = false;
    this.emit('before-quit', { preventDefault: () => (prevented = true) });
    if (!prevented) this.exit(0);
  }

  exit(code: number): void {
    process.exit(code);
  }
}

export const app = new App();

export const ipcMain = {
  handle: (channel: string, handler: Handler): void => {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  removeHandler: (channel: string): void => {
    handlers.delete(channel);
  },
};

export const protocol = {
  registerSchemesAsPrivileged: (given: { scheme: string }[]): void => {
    for (const { scheme } of given) schemes.set(scheme, null);
  },
  handle: (scheme: string, handler: (request: Request) => Promise<Response>): void => {
    if (!schemes.has(scheme)) throw new Error(`${scheme} was not registered as privileged before the app was ready`);
    schemes.set(scheme, handler);
  },
};

export const session = {
  defaultSession: {
    /** A proxy at which nothing listens: nothing leaves this computer. */
    resolveProxy: (url: string) => {
      tell({ type: 'resolve-proxy', url });
      return Promise.resolve('PROXY 127.0.0.1:9');
    },
  },
};
export const shell = {
  openExternal: async (url: string): Promise<void> => {
    tell({ type: 'open-external', url });
  },
};

export const Menu = {
  buildFromTemplate: (template: unknown[]): unknown[] => template,
  setApplicationMenu: (): void => undefined,
};

process.on('message', (message: { type?: string; argv?: string[] }) => {
  if (message.type === 'second-instance') app.emit('second-instance', {}, message.argv ?? []);
});
