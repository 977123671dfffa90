import { Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** The ways to say that a role may restore replication groups from some objects of a bucket; the first again tells how noisy the machine is. */
export type Contestant = 'hand-written' | 'ours' | 'floyd' | 'again';

export interface Saying {
  restore(scope: Construct, id: string, role: Role, bucketName: string, keys: string[]): void;
}

/** Loads one of them, and nothing of the others. */
export async function load(name: string): Promise<Saying> {
  return import(`./contestants/${name}.js`) as Promise<Saying>;
}
