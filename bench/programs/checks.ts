// Synthesizes an app of 1,000 roles with one of our grants each, and prints the processor time that it took: for "ours"
// with the checks of policies, otherwise without.
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Aspects } from 'aws-cdk-lib';
import { appOfRoles } from './app';
import { load } from '../contestants';
import { ElastiCachePolicyChecks } from 'cdk-elasticache-grants';

async function main(contestant: string) {
  const { restore } = await load('ours');
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  const app = appOfRoles(outdir, restore);
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
