import { createHash } from 'node:crypto';
import { isIP, isIPv6 } from 'node:net';

/** What the environment may say, as plain strings. {@link readEnv} is the only reader of `process.env`. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Everything the processes need to know, already checked. Times are in the unit their name says. */
export interface Config {
  readonly mode: 'development' | 'production' | 'test';
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly commit: string | null;
  readonly demo: boolean;
  readonly simulator: boolean;
  readonly businessTimezone: string;
  readonly database: {
    readonly url: string;
    /** Reaches PostgreSQL itself where `url` goes through PgBouncer: LISTEN, advisory locks, migrations. */
    readonly directUrl: string;
    readonly replicaUrls: readonly string[];
    readonly poolSize: number;
    readonly timeoutMs: number;
  };
  readonly redisUrl: string | null;
  /** How long answers about people are remembered. */
  readonly cacheSeconds: { readonly agents: number; readonly stats: number; readonly departments: number };
  readonly auth: {
    /** Newest first: the first signs, all verify. `kid` is derived from the secret. */
    readonly secrets: readonly { readonly kid: string; readonly secret: string }[];
    readonly accessSeconds: number;
    readonly refreshSeconds: number;
  };
  readonly realtime: { readonly path: string; readonly port: number | null; readonly heartbeatMs: number };
  /** Null: the installation sends no mail, and people hand links over themselves. */
  readonly mail: { readonly smtpUrl: string; readonly from: string } | null;
  /** Null: uploaded files lie under the data folder. */
  readonly s3: {
    /** Null for AWS itself. */
    readonly endpoint: string | null;
    readonly region: string;
    readonly bucket: string;
    /** Null: those the machine has, as AWS documents it. */
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | null;
    readonly forcePathStyle: boolean;
  } | null;
  readonly corsOrigins: readonly string[];
  readonly rateLimitFactor: number;
  readonly trustProxy: number;
  readonly uploadLimitBytes: number;
  readonly logLevel: string;
  readonly metricsEnabled: boolean;
  /** Requests answered at once by one process; more are turned away. */
  readonly maxConcurrentRequests: number;
  readonly healthCheckMs: number;
  readonly validateResponses: boolean;
}

/** Thrown at start-up; the message names the variable and what it must be. */
export class ConfigError extends Error {
  constructor(variable: string, problem: string) {
    super(`${variable} ${problem}`);
    this.name = 'ConfigError';
  }
}

const MIN_SECRET_BYTES = 32;
/** Hexadecimal noise of 32 bytes has more. */
const MIN_SECRET_VARIETY = 10;

export const readEnv = (): Env => ({ ...process.env });

/**
 * Turns the environment into a checked configuration.
 * @throws ConfigError naming the variable that makes no sense.
 */
export function toConfig(env: Env): Config {
  const mode = oneOf(env, 'NODE_ENV', ['development', 'production', 'test'], 'development');
  const host = hostname(env, 'HOST', '127.0.0.1');
  const port = integer(env, 'PORT', 3000, 0, 65535);
  const demo = flag(env, 'DEMO', mode === 'development');
  if (mode === 'production' && demo) throw new ConfigError('DEMO', 'must be off when NODE_ENV is production');
  const databaseUrl = url(env, 'DATABASE_URL', ['postgres:', 'postgresql:']);
  if (!databaseUrl) throw new ConfigError('DATABASE_URL', 'is missing (npm start brings its own PostgreSQL and sets it)');
  return {
    mode,
    host,
    port,
    publicUrl: url(env, 'PUBLIC_URL', ['http:', 'https:']) ?? httpAddress(host, port),
    dataDir: env['DATA_DIR'] || '.data',
    commit: env['COMMIT'] || null,
    demo,
    simulator: demo && flag(env, 'DEMO_SIMULATOR', true),
    businessTimezone: timezone(env, 'BUSINESS_TIMEZONE', 'UTC'),
    database: {
      url: databaseUrl,
      directUrl: url(env, 'DATABASE_DIRECT_URL', ['postgres:', 'postgresql:']) ?? databaseUrl,
      replicaUrls: (env['DATABASE_REPLICA_URLS'] ?? '').split(',').filter(Boolean).map((text) => checkUrl(text, 'DATABASE_REPLICA_URLS', ['postgres:', 'postgresql:'])),
      poolSize: integer(env, 'DATABASE_POOL_SIZE', 20, 2, 500),
      timeoutMs: integer(env, 'DATABASE_TIMEOUT', 30_000, 100, 600_000),
    },
    redisUrl: redisUrl(env),
    cacheSeconds: {
      agents: integer(env, 'CACHE_TTL_AGENTS', 120, 0, 86_400),
      stats: integer(env, 'CACHE_TTL_STATS', 300, 0, 86_400),
      departments: integer(env, 'CACHE_TTL_DEPARTMENTS', 3600, 0, 86_400),
    },
    auth: {
      secrets: secrets(env, mode),
      accessSeconds: duration(env, 'JWT_EXPIRY', mode === 'production' ? '15m' : '24h'),
      refreshSeconds: duration(env, 'REFRESH_TOKEN_EXPIRY', '7d'),
    },
    realtime: {
      path: socketPath(env, 'WS_PATH', '/socket.io'),
      port: secondPort(env, 'WS_PORT', port),
      heartbeatMs: integer(env, 'WS_HEARTBEAT_INTERVAL', 30_000, 1000, 300_000),
    },
    mail: mail(env),
    s3: s3(env),
    corsOrigins: origins(env, 'CORS_ORIGINS'),
    rateLimitFactor: number(env, 'RATE_LIMIT_FACTOR', 1, 0.001, 1_000_000),
    trustProxy: integer(env, 'TRUST_PROXY', 0, 0, 10),
    uploadLimitBytes: integer(env, 'UPLOAD_LIMIT_MB', 50, 1, 2000) * 1024 * 1024,
    logLevel: oneOf(env, 'LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info'),
    metricsEnabled: flag(env, 'METRICS_ENABLED', true),
    maxConcurrentRequests: integer(env, 'MAX_CONCURRENT_REQUESTS', 1000, 1, 1_000_000),
    healthCheckMs: integer(env, 'HEALTH_CHECK_INTERVAL', 60_000, 1000, 86_400_000),
    validateResponses: flag(env, 'VALIDATE_RESPONSES', mode === 'test'),
  };
}

function oneOf<T extends string>(env: Env, name: string, allowed: readonly T[], fallback: T): T {
  const value = env[name] || fallback;
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new ConfigError(name, `must be one of ${allowed.join(', ')}, not "${value}"`);
  return found;
}

function flag(env: Env, name: string, fallback: boolean): boolean {
  const value = (env[name] ?? '').toLowerCase();
  if (value === '') return fallback;
  if (['on', 'true', '1', 'yes'].includes(value)) return true;
  if (['off', 'false', '0', 'no'].includes(value)) return false;
  throw new ConfigError(name, `must be on or off, not "${env[name]}"`);
}

/** A name or an address to listen on: neither a URL nor a port. */
function hostname(env: Env, name: string, fallback: string): string {
  const value = env[name] || fallback;
  if (isIP(value) === 0 && !/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i.test(value)) {
    throw new ConfigError(name, `must be a host name or an address such as 0.0.0.0, not "${value}"`);
  }
  return value;
}

/** The URL of a listener without TLS. */
export const httpAddress = (host: string, port: number): string => `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;

function socketPath(env: Env, name: string, fallback: string): string {
  const value = env[name] || fallback;
  if (!/^(\/[\w.-]*\w)+$/.test(value) || /(^|\/)\.\.?(\/|$)/.test(value) || /^\/api(\/|$)/.test(value)) {
    throw new ConfigError(name, `must be a path of its own such as /socket.io, not "${value}"`);
  }
  return value;
}

function secondPort(env: Env, name: string, first: number): number | null {
  if (!env[name]) return null;
  const port = integer(env, name, 0, 0, 65535);
  if (port !== 0 && port === first) throw new ConfigError(name, 'must be another port than PORT, which takes sockets anyway');
  return port;
}

function number(env: Env, name: string, fallback: number, min: number, max: number): number {
  const text = env[name];
  // Plain decimals only: `0x10`, `1e3` and a blank are slips.
  const value = !text ? fallback : /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (!Number.isFinite(value) || value < min || value > max) {
    throw new ConfigError(name, `must be a number from ${min} to ${max}, not "${text}"`);
  }
  return value;
}

function integer(env: Env, name: string, fallback: number, min: number, max: number): number {
  const value = number(env, name, fallback, min, max);
  if (!Number.isInteger(value)) throw new ConfigError(name, `must be a whole number, not "${env[name]}"`);
  return value;
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

function duration(env: Env, name: string, fallback: string): number {
  const text = env[name] || fallback;
  const match = /^(\d{1,6})([smhd])?$/.exec(text);
  const seconds = match ? Number(match[1]) * (UNIT_SECONDS[match[2] ?? 's'] ?? 1) : 0;
  if (seconds <= 0) throw new ConfigError(name, `must be a duration such as 15m, 24h or 7d, not "${text}"`);
  return seconds;
}

function url(env: Env, name: string, protocols: readonly string[]): string | null {
  const text = env[name];
  return text ? checkUrl(text, name, protocols) : null;
}

function checkUrl(text: string, name: string, protocols: readonly string[]): string {
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol)) {
    throw new ConfigError(name, `must be a URL starting with ${protocols.join(' or ')}`);
  }
  return text.replace(/\/$/, '');
}

function mail(env: Env): Config['mail'] {
  const smtpUrl = url(env, 'SMTP_URL', ['smtp:', 'smtps:']);
  const from = (env['MAIL_FROM'] ?? '').trim();
  if (from && !/^([^\p{C}<>@]*<[^\s<>@,;]+@[^\s<>@,;]+>|[^\s<>@,;]+@[^\s<>@,;]+)$/u.test(from)) {
    throw new ConfigError('MAIL_FROM', `must be one address such as Sideline <coaching@example.com>, not "${from}"`);
  }
  if (smtpUrl && !from) throw new ConfigError('MAIL_FROM', 'is missing: servers refuse mail from nobody');
  return smtpUrl ? { smtpUrl, from } : null;
}

function s3(env: Env): Config['s3'] {
  const endpoint = url(env, 'S3_ENDPOINT', ['http:', 'https:']);
  const bucket = (env['S3_BUCKET'] ?? '').trim();
  const accessKeyId = env['S3_ACCESS_KEY_ID'] || '';
  const secretAccessKey = env['S3_SECRET_ACCESS_KEY'] || '';
  if (!bucket && (endpoint || accessKeyId || secretAccessKey)) throw new ConfigError('S3_BUCKET', 'is missing: the files need a place there');
  const forcePathStyle = flag(env, 'S3_FORCE_PATH_STYLE', false);
  if (!bucket) return null;
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) throw new ConfigError('S3_BUCKET', `must be the name of a bucket, not "${bucket}"`);
  if (accessKeyId && !secretAccessKey) throw new ConfigError('S3_SECRET_ACCESS_KEY', 'is missing beside S3_ACCESS_KEY_ID');
  if (secretAccessKey && !accessKeyId) throw new ConfigError('S3_ACCESS_KEY_ID', 'is missing beside S3_SECRET_ACCESS_KEY');
  return { endpoint, region: env['S3_REGION'] || 'us-east-1', bucket, credentials: accessKeyId ? { accessKeyId, secretAccessKey } : null, forcePathStyle };
}

function redisUrl(env: Env): string | null {
  const text = url(env, 'REDIS_URL', ['redis:', 'rediss:']);
  if (!text || !env['REDIS_PASSWORD']) return text;
  const parsed = new URL(text);
  parsed.password ||= encodeURIComponent(env['REDIS_PASSWORD']);
  return parsed.href;
}

function timezone(env: Env, name: string, fallback: string): string {
  const value = env[name] || fallback;
  try {
    // An offset is no zone: it has no summer, and PostgreSQL reads its sign the other way round.
    if (!/^[+-]/.test(value)) return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    // Said below.
  }
  throw new ConfigError(name, `must be an IANA time zone such as Europe/Berlin, not "${value}"`);
}

function origins(env: Env, name: string): readonly string[] {
  const list = (env[name] ?? '').split(',').map((entry) => entry.trim()).filter(Boolean);
  for (const origin of list) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin || origin.includes('*')) {
      throw new ConfigError(name, `must list exact origins such as https://desk.example.com, not "${origin}"`);
    }
  }
  return list;
}

/** `JWT_SECRET` may list several secrets, newest first, while a rotation is under way. */
function secrets(env: Env, mode: Config['mode']): Config['auth']['secrets'] {
  const list = (env['JWT_SECRET'] ?? '').split(',').filter(Boolean);
  if (list.length === 0) throw new ConfigError('JWT_SECRET', 'is missing (npm start makes one of its own)');
  if (mode === 'production') {
    for (const secret of list) {
      if (Buffer.byteLength(secret) < MIN_SECRET_BYTES) throw new ConfigError('JWT_SECRET', `must have at least ${MIN_SECRET_BYTES} bytes`);
      if (/your-secret-key|change[-_ ]?me/i.test(secret)) throw new ConfigError('JWT_SECRET', 'is a well-known default');
      if (new Set(secret).size < MIN_SECRET_VARIETY) throw new ConfigError('JWT_SECRET', `must have at least ${MIN_SECRET_VARIETY} different characters`);
    }
  }
  return list.map((secret) => ({ kid: createHash('sha256').update(`kid:${secret}`).digest('hex').slice(0, 12), secret }));
}
