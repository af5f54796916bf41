/** The little of express that the peer server needs; the package brings no types. */
declare module 'express' {
  import type { Server } from 'node:http';
  interface App {
    set(name: 'query parser', parse: (text: string) => Record<string, unknown>): void;
    use(path: string, router: unknown): void;
    listen(port: number, host: string, ready: () => void): Server;
  }
  export default function express(): App;
}
