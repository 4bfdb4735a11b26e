export { BASES, createApp, type ReferenceServerOptions, type Role } from './app.ts';
export { startServer, type ListenOptions, type RunningServer } from './listen.ts';
export { DEFAULTS } from './options.ts';
export { serve, untilTerminated, type ServeIo, type ServeOptions } from './serve.ts';
