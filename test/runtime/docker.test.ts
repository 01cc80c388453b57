import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { toConfig } from '../../api/config.ts';

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly volumes?: readonly string[];
  readonly healthcheck?: object;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** `${NAME:-default}` and `${NAME:?message}`, as Compose fills them in. */
function fillIn(value: string, env: Readonly<Record<string, string>>): string {
  return value.replaceAll(/\$\{(\w+):([-?])([^}]*)\}/g, (_, name: string, kind: string, rest: string) => {
    const given = env[name];
    if (given === undefined && kind === '?') throw new Error(rest);
    return given ?? rest;
  });
}

// There is no Docker where this suite usually runs: it proves what can be proved by reading.
describe('The container files', () => {
  const compose: Compose = parse(read('docker-compose.yml'), { merge: true });
  const dockerfile = read('deploy/Dockerfile');

  it('depend only on services and volumes that are there, and wait until those are healthy', () => {
    for (const service of Object.values(compose.services)) {
      for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
        expect(compose.services[name], name).to.be.an('object');
        expect(condition).to.equal('service_healthy');
        const own = name === 'api' ? /^HEALTHCHECK/m.test(dockerfile) : compose.services[name]?.healthcheck;
        expect(own, `health check of ${name}`).to.be.ok;
      }
      for (const volume of service.volumes ?? []) expect(compose.volumes).to.have.property(volume.split(':')[0] ?? '');
    }
  });

  for (const name of ['api', 'worker']) {
    it(`give the ${name} an environment that it accepts, once the secrets are set`, () => {
      const environment = compose.services[name]?.environment ?? {};
      const env = { JWT_SECRET: 'c2lkZWxpbmUtY29tcG9zZS10ZXN0LXNlY3JldC1vZi00OC1ieXRlcw', POSTGRES_PASSWORD: 'p' };
      const filled = Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, fillIn(value, env)]));
      expect(toConfig(filled)).to.deep.include({ mode: 'production', demo: false, redisUrl: 'redis://redis:6379' });
      expect(() => fillIn(environment['JWT_SECRET'] ?? '', {})).to.throw('JWT_SECRET');
    });
  }

  it('run programs that exist, as somebody who is not root', () => {
    const commands = ['api', 'worker'].map((name) => compose.services[name]?.command ?? []);
    for (const [program, script] of commands) {
      expect(program).to.equal('node');
      expect(existsSync(new URL(`../../${script}`, import.meta.url)), script).to.equal(true);
    }
    expect(dockerfile.split('\n').filter((line) => line.startsWith('USER'))).to.deep.equal(['USER node']);
    expect(dockerfile).to.match(/^EXPOSE 3000 3001$/m);
  });

  it('build with scripts and copy folders that exist', () => {
    const { scripts }: { scripts?: Record<string, string> } = JSON.parse(read('package.json'));
    for (const [, script] of dockerfile.matchAll(/npm run ([\w:]+)/g)) expect(scripts).to.have.property(script ?? '');
    for (const [, sources = ''] of dockerfile.matchAll(/^COPY (?!--from)(.+) \.\/$/gm)) {
      for (const source of sources.split(' ')) expect(existsSync(new URL(`../../${source}`, import.meta.url)), source).to.equal(true);
    }
  });
});
