// Synthesizes an app of 1,000 roles with one grant each, in stacks of 200 roles, and prints the time and memory that it
// took. With "policies", prints the roles' policies instead.
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { appOfRoles } from './app';
import { load } from '../contestants';

async function main(contestant: string, output?: string) {
  const { restore } = await load(contestant);
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  const app = appOfRoles(outdir, restore);
  const { stacks } = app.synth();
  if (output === 'policies') {
    const policies = stacks.flatMap(({ template }) => Object.values<any>(template.Resources))
      .filter(({ Type }) => Type === 'AWS::IAM::Policy');
    console.log(JSON.stringify(policies.map(({ Properties }) => [Properties.Roles, Properties.PolicyDocument])));
  }
  rmSync(outdir, { recursive: true });
  if (output === undefined) {
    const { user, system } = process.cpuUsage();
    console.log(JSON.stringify({ cpu: (user + system) / 1000, memory: process.resourceUsage().maxRSS / 1024 }));
  }
}

void main(process.argv[2], process.argv[3]);
