// Prints the microseconds that one grant takes in a stack of 10 to 10,000 grants, each to an existing role of its own.
import { Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { keysOf, newApp, newRole } from './app';
import { median } from './timed';
import { load } from '../contestants';

async function main(contestant: string) {
  const { restore } = await load(contestant);
  const each: Record<string, number> = {};
  // Small counts run first and often, so that the code is warm when it is measured.
  for (const [count, iterations] of [[10, 400], [100, 60], [1000, 8], [10000, 2]]) {
    let stack: Stack;
    let roles: Role[];
    each[count] = 1000 / count * await median({
      iterations,
      prepare: () => {
        stack = new Stack(newApp(), 'Stack');
        roles = Array.from({ length: count }, (_, index) => newRole(stack, `Role${index}`));
      },
      run: () => roles.forEach((role, index) => restore(stack, `Access${index}`, role, 'snapshots', keysOf(2, index))),
    });
  }
  console.log(JSON.stringify(each));
}

void main(process.argv[2]);
