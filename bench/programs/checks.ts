// Synthesizes an app of 1,000 roles with one of our grants each, and prints the processor time that it took: for "ours"
// with the checks of policies, otherwise without.
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Aspects, Stack } from 'aws-cdk-lib';
import { keysOf, newApp, newRole } from './app';
import { load } from '../contestants';
import { ElastiCachePolicyChecks } from 'cdk-elasticache-grants';

async function main(contestant: string) {
  const { restore } = await load('ours');
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  const app = newApp(outdir);
  for (let number = 0; number < 5; number++) {
    const stack = new Stack(app, `Stack${number}`);
    for (let index = 0; index < 200; index++) {
      restore(stack, `Access${index}`, newRole(stack, `Role${index}`), 'snapshots', keysOf(2, index));
    }
  }
  if (contestant === 'ours') {
    Aspects.of(app).add(new ElastiCachePolicyChecks());
  }
  const start = process.cpuUsage();
  app.synth();
  const { user, system } = process.cpuUsage(start);
  rmSync(outdir, { recursive: true });
  console.log(JSON.stringify({ synth: (user + system) / 1000 }));
}

void main(process.argv[2]);
