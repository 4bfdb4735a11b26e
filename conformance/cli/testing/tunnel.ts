/** What stands between here and a live system: TLS that asks for a client certificate, and a proxy that leads to it by CONNECT. */
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import { connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { createApp } from '../../../reference-server/index.ts';
import { namedCertificate, namedKey } from '../../target/testing/certificate.ts';

async function listen(server: Server): Promise<{ port: number; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

export interface TlsTarget {
  port: number;
  /** `POST /v3/…` and the name in the client's certificate. */
  requests: string[];
  close: () => Promise<void>;
}

/** The reference server as https://api.ringtrue.test, for those only who show a certificate. */
export async function tlsTarget(options: ServerOptions = {}): Promise<TlsTarget> {
  const requests: string[] = [];
  const app = createApp();
  const tls = {
    cert: namedCertificate,
    key: namedKey,
    ca: namedCertificate,
    requestCert: true,
    rejectUnauthorized: true,
  };
  const server = createHttpsServer({ ...tls, ...options }, (request: IncomingMessage, response) => {
    const shown = request.socket instanceof TLSSocket ? request.socket.getPeerCertificate() : undefined;
    requests.push(`${request.method ?? ''} ${request.url ?? ''} ${String(shown?.subject.CN)}`);
    app(request, response);
  });
  server.on('tlsClientError', () => undefined);
  return { ...(await listen(server)), requests };
}

export interface Proxy {
  url: string;
  /** `CONNECT api.ringtrue.test:443`, `GET http://…`, in the order of arrival. */
  asked: string[];
  close: () => Promise<void>;
}

/** A proxy that takes every host for one port of this machine. */
export async function connectProxy(port: number): Promise<Proxy> {
  const asked: string[] = [];
  const server = createHttpServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.writeHead(502).end();
  });
  server.on('connect', (request: IncomingMessage, socket: Socket, first: Buffer) => {
    asked.push(`CONNECT ${request.url ?? ''}`);
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.write(first);
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
    socket.on('close', () => onward.destroy());
  });
  const { close, port: own } = await listen(server);
  return { url: `http://127.0.0.1:${String(own)}`, asked, close };
}
