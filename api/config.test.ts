import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { ConfigError, toConfig, type Env } from './config.ts';

const SECRET = 'kQ7#vR2!mZ9$wX4%bN6^cJ8&hT1*pL3(';
const GOOD: Env = { DATABASE_URL: 'postgres://app:pw@db.example.test/sideline', JWT_SECRET: SECRET };

/** What makes no sense, by variable. */
const NONSENSE: Readonly<Record<string, readonly string[]>> = {
  NODE_ENV: ['prod', 'PRODUCTION'],
  HOST: ['not a host', 'http://0.0.0.0', '1.2.3.4:80'],
  PORT: ['abc', '-1', '65536', '3000.5', ' ', '0x10', '1e3', 'Infinity'],
  PUBLIC_URL: ['desk.example.com', 'ftp://desk.example.com', '//x'],
  DEMO: ['maybe', '2'],
  DEMO_SIMULATOR: ['sometimes'],
  BUSINESS_TIMEZONE: ['Mars/Olympus', '+01:00', '-08', 'Berlin'],
  DATABASE_URL: ['', 'mysql://db/sideline', 'db.example.test', 'sideline'],
  DATABASE_DIRECT_URL: ['http://db', 'sideline'],
  DATABASE_REPLICA_URLS: ['postgres://a/x,nonsense', 'http://replica'],
  CACHE_TTL_AGENTS: ['-1', '86401', '2m'],
  CACHE_TTL_STATS: ['-1', '86401', '5m'],
  CACHE_TTL_DEPARTMENTS: ['-1', '86401', '1h'],
  DATABASE_POOL_SIZE: ['1', '0', '501', 'many', '2.5'],
  DATABASE_TIMEOUT: ['99', '600001', '30s'],
  REDIS_URL: ['http://cache', 'cache:6379'],
  JWT_SECRET: ['', ',', ',,'],
  JWT_EXPIRY: ['0', '-5m', 'soon', '1.5h', '24 h', '15min', '9999999d'],
  REFRESH_TOKEN_EXPIRY: ['0s', 'never'],
  WS_PATH: ['socket.io', '/', '/api', '/a b', '/x?y', '/a/../b'],
  WS_PORT: ['http', '70000', '-1', '3000'],
  WS_HEARTBEAT_INTERVAL: ['999', '300001', '30s'],
  S3_ENDPOINT: ['storage.example.test', 'ftp://storage'],
  S3_BUCKET: ['A', 'my_bucket', '-x-', 'a/b'],
  S3_FORCE_PATH_STYLE: ['perhaps'],
  SMTP_URL: ['mail.example.test', 'http://mail.example.test'],
  MAIL_FROM: ['nobody', 'Sideline', 'a@b.test, c@d.test', 'A <a@b.test> <c@d.test>', 'A\r\nBcc: x@y.test <a@b.test>'],
  CORS_ORIGINS: ['*', 'https://a.test/', 'https://a.test/x', 'a.test', 'null', 'https://a.test;https://b.test', 'https://*.a.test'],
  RATE_LIMIT_FACTOR: ['0', '-1', 'unlimited', 'NaN'],
  TRUST_PROXY: ['true', '11', '-1'],
  UPLOAD_LIMIT_MB: ['0', '2001', '50MB'],
  METRICS_ENABLED: ['maybe'],
  MAX_CONCURRENT_REQUESTS: ['0', 'all', '1.5'],
  HEALTH_CHECK_INTERVAL: ['999', '1m'],
  LOG_LEVEL: ['verbose', 'INFO'],
  VALIDATE_RESPONSES: ['perhaps'],
};
/** Any text is fine. */
const FREE = ['COMMIT', 'DATA_DIR', 'REDIS_PASSWORD', 'S3_ACCESS_KEY_ID', 'S3_REGION', 'S3_SECRET_ACCESS_KEY'];
/** Read only where others are set. */
const FURTHER: Env = { REDIS_URL: 'redis://cache', S3_BUCKET: 'sideline' };
/** Never repeated in a message, which ends up in a log. */
const SECRETIVE = /_URLS?$|SECRET|PASSWORD/;

const refusal = (env: Env): Error => {
  try {
    toConfig(env);
  } catch (error) {
    return error as Error;
  }
  return expect.fail('it was accepted');
};

describe('The configuration', () => {
  it('is complete without a word, but for the database and the secret', () => {
    expect(toConfig(GOOD)).to.deep.include({ mode: 'development', host: '127.0.0.1', port: 3000, publicUrl: 'http://127.0.0.1:3000', demo: true, businessTimezone: 'UTC', redisUrl: null, corsOrigins: [], trustProxy: 0 });
  });

  for (const [variable, values] of Object.entries(NONSENSE)) {
    for (const value of values) {
      it(`refuses ${variable}=${JSON.stringify(value)}, naming the variable`, () => {
        const error = refusal({ ...GOOD, [variable]: value });
        expect(error).to.be.instanceOf(ConfigError);
        expect(error.message).to.match(new RegExp(`^${variable} \\S`));
        if (SECRETIVE.test(variable) && value.length > 2) expect(error.message).to.not.include(value);
      });
    }
  }

  it('wants a bucket beside its keys, and both of them', () => {
    expect(refusal({ ...GOOD, S3_ACCESS_KEY_ID: 'a', S3_SECRET_ACCESS_KEY: 'b' }).message).to.match(/^S3_BUCKET /);
    expect(refusal({ ...GOOD, S3_BUCKET: 'sideline', S3_ACCESS_KEY_ID: 'a' }).message).to.match(/^S3_SECRET_ACCESS_KEY /);
    expect(refusal({ ...GOOD, S3_BUCKET: 'sideline', S3_SECRET_ACCESS_KEY: 'b' }).message).to.match(/^S3_ACCESS_KEY_ID /);
  });

  it('has a nonsense here for every variable it reads', () => {
    const read = new Set<string>();
    toConfig(new Proxy(GOOD, { get: (env, name: string) => (read.add(name), env[name]) }));
    toConfig(new Proxy({ ...GOOD, ...FURTHER }, { get: (env: Env, name: string) => (read.add(name), env[name]) }));
    expect([...read].sort()).to.deep.equal([...Object.keys(NONSENSE), ...FREE].sort());
  });

  describe('in production', () => {
    const production = (env: Env = {}): Env => ({ ...GOOD, NODE_ENV: 'production', ...env });

    it('is without a demo and with short tokens', () => {
      expect(toConfig(production())).to.deep.include({ demo: false, simulator: false, validateResponses: false });
      expect(toConfig(production()).auth.accessSeconds).to.equal(900);
    });

    it('refuses demo accounts', () => {
      expect(refusal(production({ DEMO: 'on' })).message).to.match(/^DEMO /);
    });

    const weak: Record<string, string> = {
      'short': 'Kq7vR2mZ9wX4bN6',
      'of 31 bytes': 'kQ7#vR2!mZ9$wX4%bN6^cJ8&hT1*pL3',
      'the one of the documentation': 'your-secret-key-your-secret-key-your-secret-key',
      'a placeholder': 'change_me_change_me_change_me_change_me',
      'one letter again and again': 'a'.repeat(64),
      'a few letters again and again': 'abcd'.repeat(16),
    };
    for (const [what, secret] of Object.entries(weak)) {
      it(`refuses a secret that is ${what}, alone or beside a good one, and does not tell it`, () => {
        for (const value of [secret, `${SECRET},${secret}`]) {
          const { message } = refusal(production({ JWT_SECRET: value }));
          expect(message).to.match(/^JWT_SECRET /);
          expect(message).to.not.include(secret);
        }
      });
    }
  });

  it('signs with the first secret and knows all of them by an id that gives nothing away', () => {
    const { secrets } = toConfig({ ...GOOD, JWT_SECRET: `${SECRET},older` }).auth;
    expect(secrets.map(({ secret }) => secret)).to.deep.equal([SECRET, 'older']);
    for (const { kid, secret } of secrets) expect(secret).to.not.include(kid);
    expect(toConfig({ ...GOOD, JWT_SECRET: SECRET }).auth.secrets[0]?.kid).to.equal(secrets[0]?.kid);
  });

  it('takes what is written in other letters', () => {
    expect(toConfig({ ...GOOD, DEMO: 'OFF', BUSINESS_TIMEZONE: 'europe/berlin', PUBLIC_URL: 'https://desk.example.com/', REDIS_URL: 'redis://cache:6379', REDIS_PASSWORD: 'p@ss', CORS_ORIGINS: ' https://a.test , https://b.test:8443 ' })).to.deep.include({
      demo: false,
      businessTimezone: 'Europe/Berlin',
      publicUrl: 'https://desk.example.com',
      redisUrl: 'redis://:p%40ss@cache:6379',
      corsOrigins: ['https://a.test', 'https://b.test:8443'],
    });
    expect(toConfig({ ...GOOD, HOST: '::1' })).to.include({ host: '::1', publicUrl: 'http://[::1]:3000' });
  });

  it('ends the process at once when it makes no sense, saying which variable', () => {
    const { status, stderr } = spawnSync(process.execPath, ['api/main.ts'], { env: { ...GOOD, PORT: 'abc' }, encoding: 'utf8' });
    expect(status).to.not.equal(0);
    expect(stderr).to.include('PORT must be');
  }).timeout(20_000);
});
